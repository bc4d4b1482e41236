import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { refPattern } from '../../templates/index.ts';
import type { Severity } from '../finding.ts';
import { FindingDto } from '../finding.dto.ts';
import { LintSettingsDto } from '../lint-settings.dto.ts';

export class LintRequestDto {
  @ApiPropertyOptional({ description: 'Id or slug of a template, whose draft is looked at.', example: 'last-order' })
  @IsOptional()
  @Matches(refPattern, { message: 'must be the id or the slug of a template' })
  template?: string;

  @ApiPropertyOptional({ description: 'Instead of `template`.', example: 'Hi {{firstName}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  subject?: string;

  @ApiPropertyOptional({ example: 'News for {{city}}' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  preheader?: string;

  @ApiPropertyOptional({
    description: 'Instead of `template`.',
    example: '<p>Hi {{firstNmae}},</p><a href="#">Shop</a>',
  })
  @IsOptional()
  @IsString()
  source?: string;

  @ApiPropertyOptional({ description: 'Default: made from the HTML.' })
  @IsOptional()
  @IsString()
  text?: string;

  @ApiPropertyOptional({ description: 'Of an unsaved template.', default: 'marketing' })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_-]{0,39}$/, { message: 'must be lower case letters, digits, _ and -, at most 40' })
  purpose?: string;

  @ApiPropertyOptional({
    description:
      'People whose mails are looked at, besides that of somebody of whom nothing is known. Default: somebody who changed last.',
    type: [String],
    example: ['email:ann@example.com'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 512, { each: true })
  identities?: string[];

  @ApiPropertyOptional({ type: LintSettingsDto, description: 'Instead of the template’s own.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => LintSettingsDto)
  lint?: LintSettingsDto;
}

export class LintDto {
  @ApiProperty({ type: [FindingDto], description: 'The worst first.' }) findings!: FindingDto[];
}

export class LintRuleDto {
  @ApiProperty({ example: 'blank-greeting' }) id!: string;
  @ApiProperty({ enum: ['error', 'warning', 'hint'], example: 'warning' }) severity!: Severity;
  @ApiProperty({ example: 'Greetings without a name, such as "Hi ,".' }) about!: string;
}
