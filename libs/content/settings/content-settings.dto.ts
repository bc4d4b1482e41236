import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsLocale, IsOptional, Min } from 'class-validator';
import type { Revision } from '#platform';
import { defaultContentRules, type ContentRules } from './content-settings.ts';

export class SetContentSettingsDto implements ContentRules {
  @ApiPropertyOptional({
    description:
      'What mails are written in when neither the request nor the person says (BCP 47), and whose strings stand in for those that a language lacks.',
    default: defaultContentRules.defaultLocale,
    example: 'de',
  })
  @IsLocale()
  defaultLocale: string = defaultContentRules.defaultLocale;

  @ApiPropertyOptional({
    description: 'The revision that you have read: refused when somebody else has set another one since.',
    example: 3,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  revision?: number;
}

export class ContentSettingsDto implements ContentRules {
  @ApiProperty({ example: 'de' }) defaultLocale!: string;
  @ApiProperty({ description: '0: the defaults.', example: 3 }) revision!: number;
  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) at?: string;
  @ApiPropertyOptional({ description: 'Id of the key that set it.', example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  by?: string;
}

export function contentSettingsView({ value, revision, at, by }: Revision<ContentRules>): ContentSettingsDto {
  return { ...value, revision, ...(at && { at: at.toISOString() }), ...(by !== undefined && { by }) };
}
