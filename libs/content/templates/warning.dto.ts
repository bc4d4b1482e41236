import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { mailParts, type MailPart, type Warning } from '../compose/index.ts';

export class WarningDto implements Warning {
  @ApiProperty({ example: 'missing_token' }) code!: string;
  @ApiProperty({ example: '{{firstName}} has no value here and no fallback.' }) message!: string;
  @ApiPropertyOptional({ enum: mailParts, example: 'subject' }) part?: MailPart;
  @ApiPropertyOptional({ description: 'The block that it is in.', example: 'footer' }) block?: string;
  @ApiPropertyOptional({ description: 'Counts from 1.', example: 1 }) line?: number;
  @ApiPropertyOptional({ description: 'Counts from 1.', example: 4 }) column?: number;
}
