import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Progress } from '../watching/progress/progress-of.ts';
import { ProgressResponse } from '../watching/progress/progress.response.ts';
import { lagOf } from '../lag/lag.ts';
import { LagResponse } from '../lag/lag.response.ts';
import { FieldDriftDto } from '../drift/field-drift.dto.ts';
import { LedgerDto } from './ledger.dto.ts';
import type { EffectCounts } from './ledger.ts';
import {
  toldState,
  type Hold,
  type Replay,
  type Run,
  type RunNotice,
  type RunPlan,
  type RunState,
  type RunTrigger,
} from './run.schema.ts';
import { StartRunDto } from './start-run.dto.ts';

/** As people are told: a run that somebody paused is just that, wherever it was. */
export type ShownState = RunState | 'paused';

export const runStates: ShownState[] = ['queued', 'running', 'held', 'paused', 'succeeded', 'failed', 'cancelled'];

class RunErrorDto {
  @ApiProperty({ example: 'unreachable' }) code!: string;
  @ApiProperty({ example: 'db.example.com:5432 cannot be reached. Check host and port.' }) message!: string;
  @ApiPropertyOptional({
    description: 'The connection that it came from, where one of the two did.',
    example: 'con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7',
  })
  connection?: string;
}

class RunNoticeDto {
  @ApiProperty({ enum: ['nothing_read', 'all_rejected', 'stray_cursor', 'drift'], example: 'nothing_read' })
  code!: RunNotice['code'];
  @ApiProperty({ example: 'Nothing was read, where the last full read had 412 rows.' }) message!: string;
}

/** A run as the API shows it. */
export class RunResponse {
  @ApiProperty({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) sync!: string;
  @ApiProperty({ enum: runStates, example: 'succeeded' }) state!: ShownState;
  @ApiPropertyOptional({ description: 'Why it is in that state, where that is not plain.' }) reason?: string;
  @ApiPropertyOptional({ type: RunErrorDto }) error?: RunErrorDto;
  @ApiPropertyOptional({ type: [RunNoticeDto], description: 'What is odd about it.' }) notices?: RunNotice[];
  @ApiPropertyOptional({ enum: ['deletions', 'drift'], description: 'What waits for approval.' }) hold?: Hold;
  @ApiPropertyOptional({ type: [FieldDriftDto], description: "Changes of the source's fields that it met." })
  drift?: FieldDriftDto[];
  @ApiProperty({ enum: ['manual', 'schedule', 'sync', 'retry', 'chain', 'trigger'] }) trigger!: RunTrigger;
  @ApiPropertyOptional({ type: StartRunDto, description: 'What it was to do otherwise than its sync says.' })
  options?: StartRunDto;
  @ApiPropertyOptional({
    type: Object,
    description: 'The rejects that it maps again.',
    example: { code: 'invalid_row' },
  })
  replay?: Replay;
  @ApiProperty({ type: LedgerDto }) ledger!: LedgerDto;
  @ApiProperty({
    type: Object,
    example: { created: 59, lines: 2240 },
    description: 'Changes brought about, counted apart from the rows.',
  })
  effects!: EffectCounts;
  @ApiPropertyOptional({ example: 412, description: 'Expected rows, where the source can tell.' }) expected?: number;
  @ApiPropertyOptional({ type: ProgressResponse, description: 'Of one run, not in lists.' }) progress?: Progress;
  @ApiPropertyOptional({
    type: LagResponse,
    description:
      'How far the endless stream that it follows is behind, where its connector tells; of an ended run: was.',
  })
  lag?: LagResponse;
  @ApiProperty({ description: 'Rows that changed later belong to the next run.' }) until!: string;
  @ApiProperty() createdAt!: string;
  @ApiPropertyOptional() startedAt?: string;
  @ApiPropertyOptional() endedAt?: string;
  @ApiPropertyOptional({ description: 'When it is tried again.' }) notBefore?: string;

  static of({
    _id,
    sync,
    state,
    reason,
    error,
    notices,
    hold,
    drift,
    trigger,
    ledger,
    effects,
    expected,
    until,
    createdAt,
    startedAt,
    endedAt,
    notBefore,
    active,
    paused,
    plan,
    lag: told,
  }: Run): RunResponse {
    const lag = lagOf({ lag: told, active });
    return {
      id: _id,
      sync,
      state: toldState({ state, active, paused }),
      reason,
      error,
      notices,
      hold,
      drift,
      trigger,
      ...optionsOf(plan),
      ledger: LedgerDto.of(ledger),
      effects,
      expected,
      lag: lag && LagResponse.of(lag),
      until: until.toISOString(),
      createdAt: createdAt.toISOString(),
      startedAt: startedAt?.toISOString(),
      endedAt: endedAt?.toISOString(),
      notBefore: active ? notBefore?.toISOString() : undefined,
    };
  }

  static inProgress(run: Run, progress: Progress): RunResponse {
    return { ...RunResponse.of(run), progress };
  }
}

function optionsOf({ full, window, resend, replay }: RunPlan): Pick<RunResponse, 'options' | 'replay'> {
  const has = full || window || resend;
  return { ...(has && { options: { full, window, resend } }), ...(replay && { replay }) };
}
