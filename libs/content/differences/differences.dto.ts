import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { StudiedPeopleDto, StudyDto } from '../studies/index.ts';
import { refPattern } from '../templates/index.ts';
import type { DifferenceExample, DifferenceKind, MailDifferences } from './differences.ts';
import { comparedParts, type PartDifference } from './part-difference.ts';

export class DifferencesRequestDto extends StudiedPeopleDto {
  @ApiProperty({ description: 'Id or slug of a template.', example: 'last-order' })
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template!: string;

  @ApiPropertyOptional({ description: 'A version. Default: the newest.', example: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  from?: number;

  @ApiPropertyOptional({ description: 'A version. Default: the draft.', example: 2 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  to?: number;
}

export class PartDifferenceDto implements PartDifference {
  @ApiProperty({ enum: comparedParts, example: 'subject' }) part!: PartDifference['part'];
  @ApiProperty({
    type: [String],
    description: 'As `diff -U2` writes them; 200 at most.',
    example: ['@@ -1 +1 @@', '-Hi Ann', '+Hello Ann'],
  })
  lines!: string[];
}

export class DifferenceExampleDto implements DifferenceExample {
  @ApiProperty({ description: 'Id of the profile.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) profile!: string;
  @ApiProperty({ example: 'Ann Lee' }) person!: string;
  @ApiProperty({ type: [PartDifferenceDto] }) changes!: PartDifferenceDto[];
}

export class DifferenceKindDto implements DifferenceKind {
  @ApiProperty({
    type: [String],
    description: 'The parts that differ; `mail`: with one of the versions there is none.',
    example: ['subject'],
  })
  parts!: string[];
  @ApiProperty({ example: 412 }) people!: number;
  @ApiProperty({ type: [DifferenceExampleDto] }) examples!: DifferenceExampleDto[];
}

export class MailDifferencesDto implements MailDifferences {
  @ApiProperty({ description: 'People whose mail is the same.', example: 588 }) same!: number;
  @ApiProperty({ description: 'People whose mail differs.', example: 412 }) differ!: number;
  @ApiProperty({ description: 'People whose mail fails with either version.', example: 0 }) failed!: number;
  @ApiProperty({ type: [DifferenceKindDto], description: 'By the parts that differ, the most people first.' })
  kinds!: DifferenceKindDto[];
}

export class DifferencesDto extends StudyDto {
  @ApiProperty({ type: MailDifferencesDto, nullable: true, description: 'Null until it is done.' })
  differences!: MailDifferencesDto | null;
}
