import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { wordPattern } from '#profiles';
import { LintSettingsDto } from '../lint/index.ts';
import { GivenLimitsDto } from '../preflight-limits/index.ts';
import type { NewTemplate } from './new-template.ts';
import { slugPattern } from './template-ref.ts';

export const wordMessage = 'must be a word of lower case letters, digits, "_", "." and "-", at most 64';

export class CreateTemplateDto implements NewTemplate {
  @ApiProperty({ example: 'Your last order', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({
    description: 'Handlebars; one line.',
    example: '{{defaultIfEmpty firstName "Hi"}}, your order is on its way',
  })
  @IsString()
  @Length(1, 2000)
  subject!: string;

  @ApiPropertyOptional({ description: 'What inboxes show after the subject.', example: 'It left {{lastOrder.at}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  preheader?: string;

  @ApiProperty({
    description: 'HTML or MJML with Handlebars, at most 256 KB. Values are escaped.',
    example: '<h1>Hi {{defaultIfEmpty firstName "there"}}</h1>{{#each lastOrder.lines}}<p>{{name}}</p>{{/each}}',
  })
  @IsString()
  source!: string;

  @ApiPropertyOptional({ description: 'How `source` is written.', enum: ['html', 'mjml'], default: 'html' })
  @IsOptional()
  @IsIn(['html', 'mjml'])
  format?: 'html' | 'mjml';

  @ApiPropertyOptional({
    description: 'Whom the mail is from; Handlebars.',
    example: '{{defaultIfEmpty agent "Your shop"}}',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  fromName?: string;

  @ApiPropertyOptional({ description: 'The address that answers go to; Handlebars.', example: 'service@example.com' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  replyTo?: string;

  @ApiPropertyOptional({
    description: 'Plain text with Handlebars. Default: made from the HTML.',
    example: 'Hi {{firstName}}',
  })
  @IsOptional()
  @IsString()
  text?: string;

  @ApiPropertyOptional({ example: 'email', default: 'email' })
  @IsOptional()
  @Matches(wordPattern, { message: wordMessage })
  channel?: string;

  @ApiPropertyOptional({ description: 'What people consent to.', example: 'marketing', default: 'marketing' })
  @IsOptional()
  @Matches(wordPattern, { message: wordMessage })
  purpose?: string;

  @ApiPropertyOptional({
    type: LintSettingsDto,
    description: 'What the lint leaves out, and for which mail clients it looks.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LintSettingsDto)
  lint?: LintSettingsDto;

  @ApiPropertyOptional({
    type: GivenLimitsDto,
    description: 'What preflights may find before an export is refused. PUT without it leaves the limits as they are.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenLimitsDto)
  preflight?: GivenLimitsDto;

  @ApiPropertyOptional({
    description: 'Your own id for it, for PUT.',
    example: 'last-order',
    pattern: slugPattern.source,
  })
  @ValidateIf((_, slug) => slug !== undefined)
  @Matches(slugPattern, { message: 'must be lower case letters, digits and hyphens, at most 63' })
  slug?: string;
}

/** By id, `slug` gives the template another one; by slug it is left out. */
export class PutTemplateDto extends CreateTemplateDto {}
