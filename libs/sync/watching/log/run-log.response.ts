import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#platform';
import type { RunLogLine } from './run-log.schema.ts';

const levels: RunLogLine['level'][] = ['info', 'warn', 'error'];

export class RunLogQuery extends PageQuery {
  @ApiPropertyOptional({ enum: levels, description: 'Only lines of this level.' })
  @IsOptional()
  @IsIn(levels)
  level?: RunLogLine['level'];
}

/** A line of a run's log as the API shows it. */
export class RunLogLineResponse {
  @ApiProperty({ example: '2026-01-05T06:00:12.000Z' }) at!: string;
  @ApiProperty({ enum: levels, example: 'info' }) level!: RunLogLine['level'];
  @ApiProperty({ example: 'The run starts from the beginning: 1 slice planned, 412 rows expected.' }) message!: string;
  @ApiPropertyOptional({ type: Object, example: { code: 'unreachable', attempts: 1 } })
  fields?: Record<string, unknown>;
  @ApiPropertyOptional({ description: 'Which slice of the run.', example: 'all' }) slice?: string;

  static of({ at, level, message, fields, slice }: RunLogLine): RunLogLineResponse {
    const parsed = fields === undefined ? undefined : (JSON.parse(fields) as Record<string, unknown>);
    return { at: at.toISOString(), level, message, ...(parsed && { fields: parsed }), ...(slice && { slice }) };
  }
}

export class RunLogResponse {
  @ApiProperty({ type: [RunLogLineResponse] }) data!: RunLogLineResponse[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}
