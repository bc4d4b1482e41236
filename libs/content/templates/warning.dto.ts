import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MailPart, Warning } from '../compose/index.ts';

export class WarningDto implements Warning {
  @ApiProperty({ example: 'missing_token' }) code!: string;
  @ApiProperty({ example: '{{firstName}} has no value here and no fallback.' }) message!: string;
  @ApiPropertyOptional({ enum: ['subject', 'preheader', 'source', 'text'], example: 'subject' }) part?: MailPart;
  @ApiPropertyOptional({ description: 'Counts from 1.', example: 1 }) line?: number;
  @ApiPropertyOptional({ description: 'Counts from 1.', example: 4 }) column?: number;
}
