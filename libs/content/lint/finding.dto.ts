import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MailPart } from '../compose/index.ts';
import type { Edit, Finding, Fix, Severity } from './finding.ts';

const parts = ['subject', 'preheader', 'source', 'text'];

export class EditDto implements Edit {
  @ApiProperty({ enum: parts, example: 'source' }) part!: MailPart;
  @ApiProperty({ description: 'Offset in the source, in UTF-16 code units.', example: 8 }) start!: number;
  @ApiProperty({ description: 'Offset behind what is replaced.', example: 17 }) end!: number;
  @ApiProperty({ description: 'What stands there afterwards.', example: 'defaultIfEmpty firstName "there"' })
  text!: string;
}

export class FixDto implements Fix {
  @ApiProperty({ example: 'Say "there" instead' }) title!: string;
  @ApiProperty({ type: [EditDto], description: 'Done together; they do not overlap.' }) edits!: EditDto[];
}

export class FindingDto implements Finding {
  @ApiProperty({ description: 'GET /api/lint/rules lists them.', example: 'token-without-fallback' }) rule!: string;

  @ApiProperty({
    enum: ['error', 'warning', 'hint'],
    description: 'error: the mail would be broken, so it is not published.',
    example: 'warning',
  })
  severity!: Severity;

  @ApiProperty({ example: '{{firstName}} may be blank: about 12 % of people may lack it.' }) message!: string;
  @ApiPropertyOptional({ enum: parts, example: 'source' }) part?: MailPart;
  @ApiPropertyOptional({ description: 'In that part’s source; counts from 1.', example: 1 }) line?: number;
  @ApiPropertyOptional({ example: 9 }) column?: number;
  @ApiPropertyOptional({ example: 1 }) endLine?: number;
  @ApiPropertyOptional({ description: 'Behind the last letter.', example: 18 }) endColumn?: number;
  @ApiPropertyOptional({ type: FixDto }) fix?: FixDto;
}
