import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import type { Json } from '@millrace/sdk';
import { LagResponse } from '../lag/lag.response.ts';
import { LedgerDto } from '../runs/ledger.dto.ts';
import { SyncDto } from './sync.dto.ts';
import type { SyncState } from './sync-state.ts';
import type { SyncView } from './sync-views.ts';
import type { Sync } from './sync.schema.ts';

const states: SyncState[] = ['new', 'running', 'waiting', 'held', 'ok', 'failed', 'cancelled', 'paused', 'disabled'];

class LastRunDto {
  @ApiProperty({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ example: 'succeeded' }) state!: string;
  @ApiPropertyOptional() reason?: string;
  @ApiProperty({ example: '2026-01-05T06:00:12.000Z' }) endedAt!: string;
  @ApiPropertyOptional({
    type: LedgerDto,
    description: 'What became of its rows. Absent: it ended before this was kept.',
  })
  ledger?: LedgerDto;

  static of({ endedAt, ledger, ...lastRun }: NonNullable<Sync['lastRun']>): LastRunDto {
    return { ...lastRun, endedAt: endedAt.toISOString(), ...(ledger && { ledger: LedgerDto.of(ledger) }) };
  }
}

/** A sync as the API shows it. */
export class SyncResponse extends OmitType(SyncDto, ['mapping'] as const) {
  @ApiProperty({ example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ enum: states, example: 'ok' }) state!: SyncState;
  @ApiProperty({ example: 'The last run succeeded at 2026-01-05T06:00:12.000Z. It has no schedule.' }) reason!: string;
  @ApiPropertyOptional({ description: 'The run that is going on.' }) activeRun?: string;
  @ApiPropertyOptional({ type: LastRunDto }) lastRun?: LastRunDto;
  @ApiPropertyOptional({ description: 'When its schedule is due next.' }) nextRunAt?: string;
  @ApiPropertyOptional({ description: 'What the source had changed up to then has arrived.' }) reaches?: string;
  @ApiPropertyOptional({
    type: LagResponse,
    description: 'How far an endless stream is behind, where its connector tells.',
  })
  lag?: LagResponse;
  @ApiPropertyOptional({
    type: Object,
    description: 'Where the next run starts; absent: it reads everything.',
    example: { cursor: '2026-01-05T06:00:00.000Z' },
  })
  startsFrom?: Json;
  @ApiProperty({ example: 1 }) revision!: number;
  @ApiProperty() createdAt!: string;
  @ApiProperty() updatedAt!: string;

  static of({
    _id,
    fieldsOf: _fieldsOf,
    writes: _writes,
    usual: _usual,
    anewSince: _anewSince,
    places: _places,
    moved: _moved,
    lastSuccess: _lastSuccess,
    followed: _followed,
    timesFollowed: _timesFollowed,
    ...sync
  }: SyncView): SyncResponse {
    return {
      ...sync,
      id: _id,
      ...(sync.lastRun && { lastRun: LastRunDto.of(sync.lastRun) }),
      reaches: sync.reaches?.toISOString(),
      lag: sync.lag && LagResponse.of(sync.lag),
      nextRunAt: sync.nextRunAt?.toISOString(),
      createdAt: sync.createdAt.toISOString(),
      updatedAt: sync.updatedAt.toISOString(),
    } as SyncResponse;
  }
}
