import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { usualClients, type LintSettings } from './linter.ts';
import { rules } from './rules/index.ts';

const ids = rules.map(({ id }) => id);

export class LintSettingsDto implements LintSettings {
  @ApiPropertyOptional({
    description: 'Rules that are switched off.',
    enum: ids,
    isArray: true,
    example: ['missing-title'],
  })
  @IsOptional()
  @IsArray()
  @IsIn(ids, { each: true })
  off?: string[];

  @ApiPropertyOptional({
    description: 'The mail clients that matter, as caniemail.com names them; `*` stands for all of a family.',
    type: [String],
    default: usualClients,
    example: ['gmail.*', 'outlook.windows'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @Matches(/^[a-z][a-z-]{0,30}\.(\*|[a-z][a-z-]{0,30})$/, {
    each: true,
    message: 'clients must be such as "gmail.*" or "outlook.windows"',
  })
  clients?: string[];
}
