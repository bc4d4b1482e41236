import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { GivenTemplateDto } from '../../templates/index.ts';
import type { Severity } from '../finding.ts';
import { FindingDto } from '../finding.dto.ts';
import { LintSettingsDto } from '../lint-settings.dto.ts';

export class LintRequestDto extends GivenTemplateDto {
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
  @IsObject()
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
