import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { wordPattern } from '#profiles';
import { wordMessage } from './template.dto.ts';
import { refPattern } from './template-ref.ts';
import type { GivenTemplate } from './chosen-template.ts';

/** Which mail a request is about: a saved template, or the parts of an unsaved one. */
export class GivenTemplateDto implements GivenTemplate {
  @ApiPropertyOptional({ description: 'Id or slug of a template.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;

  @ApiPropertyOptional({ description: 'A published version. Default: the draft.', example: 2 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;

  @ApiPropertyOptional({ description: 'Instead of `template`.', example: 'Hi {{defaultIfEmpty firstName "there"}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  subject?: string;

  @ApiPropertyOptional({ example: 'News for {{city}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  preheader?: string;

  @ApiPropertyOptional({ description: 'Instead of `template`.', example: '<p>Hi {{firstName}}</p>' })
  @IsOptional()
  @IsString()
  source?: string;

  @ApiPropertyOptional({ description: 'How `source` is written.', enum: ['html', 'mjml'], default: 'html' })
  @IsOptional()
  @IsIn(['html', 'mjml'])
  format?: 'html' | 'mjml';

  @ApiPropertyOptional({ example: '{{defaultIfEmpty agent "Your shop"}}' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  fromName?: string;

  @ApiPropertyOptional({ example: 'service@example.com' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  replyTo?: string;

  @ApiPropertyOptional({ description: 'Default: made from the HTML.', example: 'Hi {{firstName}}' })
  @IsOptional()
  @IsString()
  text?: string;

  @ApiPropertyOptional({ description: 'Of an unsaved template.', default: 'email', example: 'email' })
  @IsOptional()
  @Matches(wordPattern, { message: wordMessage })
  channel?: string;

  @ApiPropertyOptional({ description: 'Of an unsaved template.', default: 'marketing', example: 'newsletter' })
  @IsOptional()
  @Matches(wordPattern, { message: wordMessage })
  purpose?: string;
}
