import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { IsTime } from '#platform';
import type { KeyHolder } from '#access';
import { sightOf } from '#profiles';
import type { StoredStudy, StudyState } from './study.schema.ts';

/** Whose mails are looked at. */
export class StudiedPeopleDto {
  @ApiPropertyOptional({ description: 'Slug of an audience. Default: everybody.', example: 'loyal' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  audience?: string;

  @ApiPropertyOptional({
    description: 'People at most, those known longest first.',
    default: 1000,
    maximum: 100_000,
    example: 1000,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  limit: number = 1000;

  @ApiPropertyOptional({ description: 'The moment of the mails. Default: now.', format: 'date-time' })
  @IsOptional()
  @IsTime()
  asOf?: string;
}

export class StudyErrorDto {
  @ApiProperty({ example: 'template_timeout' }) code!: string;
  @ApiProperty({ example: 'The template was stopped after 0.9 s.' }) message!: string;
}

/** How far it is. */
export class StudyDto {
  @ApiProperty({ example: 'std_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ enum: ['running', 'done', 'failed'], example: 'done' }) state!: StudyState;
  @ApiProperty({ description: 'People so far.', example: 1000 }) looked!: number;
  @ApiProperty({ description: 'People at most.', example: 1000 }) limit!: number;
  @ApiProperty({ format: 'date-time', description: 'The clock of the mails.' }) asOf!: string;
  @ApiPropertyOptional({ type: StudyErrorDto, description: 'Why it failed.' }) error?: StudyErrorDto;
}

export function studyView({ _id, state, looked, people: { limit, asOf }, error }: StoredStudy): StudyDto {
  return { id: _id, state, looked, limit, asOf: asOf.toISOString(), ...(error && { error }) };
}

/** @param key that asks */
export function studiedPeople({ audience, limit, asOf }: StudiedPeopleDto, key: KeyHolder): StoredStudy['people'] {
  const clock = asOf === undefined ? new Date() : new Date(asOf);
  return { ...(audience !== undefined && { audience }), limit, asOf: clock, sight: sightOf(key) };
}
