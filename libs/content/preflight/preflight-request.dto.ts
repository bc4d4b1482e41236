import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IsTime, PageQuery } from '#platform';
import { PreflightLimitsDto } from '../preflight-limits/index.ts';
import { PreviewRequestDto } from '../preview/index.ts';
import { refPattern } from '../templates/index.ts';
import { exampleKinds, type ExampleKind } from './example.schema.ts';

const whichTemplate = [
  'template',
  'version',
  'subject',
  'preheader',
  'source',
  'format',
  'text',
  'fromName',
  'replyTo',
  'channel',
  'purpose',
] as const;

/** A saved template, or the parts of an unsaved one; and for whom. */
export class PreflightRequestDto extends PickType(PreviewRequestDto, whichTemplate) {
  @ApiPropertyOptional({ description: 'Slug of an audience. Default: everybody.', example: 'loyal' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  audience?: string;

  @ApiPropertyOptional({ description: 'The clock of the mails. Default: now.', format: 'date-time' })
  @IsOptional()
  @IsTime()
  asOf?: string;

  @ApiPropertyOptional({
    type: PreflightLimitsDto,
    description: "By which it is judged. Default: the template's limits; exports go by those in any case.",
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreflightLimitsDto)
  limits?: PreflightLimitsDto;
}

export class PreflightListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id or slug of a template.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;
}

export class ExampleQuery extends PageQuery {
  @ApiPropertyOptional({ enum: exampleKinds, default: 'blank', example: 'blank' })
  @IsOptional()
  @IsIn(exampleKinds)
  kind: ExampleKind = 'blank';
}
