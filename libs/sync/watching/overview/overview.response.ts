import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Ledger } from '../../runs/ledger.ts';
import type { QueueDepth } from '../queues/queue-depths.ts';
import type { Overview } from './overview.ts';

class OverdueDto {
  @ApiProperty({ example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) sync!: string;
  @ApiProperty({ example: 'Orders' }) name!: string;
  @ApiProperty({ example: '2026-01-05T06:00:00.000Z' }) dueAt!: string;
  @ApiProperty({ example: 240 }) seconds!: number;
}

class ProcessCounts {
  @ApiProperty({ example: 1 }) api!: number;
  @ApiProperty({ example: 2 }) worker!: number;
}

/** How the whole installation is. */
export class OverviewResponse {
  @ApiProperty({
    type: Object,
    example: { ok: 12, failed: 1, running: 2 },
    description: 'How many are in which state.',
  })
  syncs!: Overview['syncs'];
  @ApiProperty({ type: Object, example: { succeeded: 280, failed: 3 }, description: 'Made within the last 24 hours.' })
  runs!: Overview['runs'];
  @ApiProperty({
    type: Object,
    example: { read: 90_000, written: 1_200, rejected: 4 },
    description: 'Of those that ended.',
  })
  ledger!: Ledger;
  @ApiPropertyOptional({ type: OverdueDto, description: 'The sync whose schedule is the latest: is a worker running?' })
  overdue?: OverdueDto;
  @ApiPropertyOptional({
    type: Object,
    example: { slices: { waiting: 4, delayed: 1, active: 2 } },
    description: 'Jobs in the queues; absent while Redis does not answer.',
  })
  queues?: Record<string, QueueDepth>;
  @ApiPropertyOptional({ description: 'Why the queues are not told.' }) queuesReason?: string;
  @ApiProperty({ type: ProcessCounts, description: 'Processes that gave a sign of life within 30 s.' })
  processes!: Overview['processes'];

  static of({ overdue, ...rest }: Overview): OverviewResponse {
    return { ...rest, ...(overdue && { overdue: { ...overdue, dueAt: overdue.dueAt.toISOString() } }) };
  }
}
