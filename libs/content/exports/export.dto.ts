import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { refPattern } from '../templates/index.ts';
import type { MailExportRequest } from './mail-exports.ts';

export class GateOverrideDto {
  @ApiProperty({ description: 'Why the mails go out all the same; for the audit log.', example: 'Reviewed by hand' })
  @IsString()
  @Length(3, 200)
  reason!: string;
}

export class MailExportRequestDto implements MailExportRequest {
  @ApiProperty({ description: 'Id or slug of a published template.', example: 'last-order' })
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template!: string;

  @ApiPropertyOptional({ description: 'A published version. Default: the newest.', example: 2 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;

  @ApiPropertyOptional({ description: 'Slug of an audience. Default: everybody.', example: 'loyal' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  audience?: string;

  @ApiPropertyOptional({
    description: 'The `profile` of the last mail that you have: goes on behind it.',
    example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  @IsOptional()
  @Matches(/^[\w-]{1,64}$/, { message: 'must be the id of a profile' })
  after?: string;

  @ApiPropertyOptional({ type: GateOverrideDto, description: 'Passes the gate without a preflight; role admin.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GateOverrideDto)
  override?: GateOverrideDto;
}
