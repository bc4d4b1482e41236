import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Json } from '@millrace/sdk';
import type { List } from '#platform';
import { firingStates, type FiringState, type StoredFiring } from '../store/index.ts';

const time = '2026-03-01T09:00:00.000Z';

/** A firing as the API shows it. What was told of the event is with the person's events. */
export class FiringView {
  @ApiProperty({ description: 'The idempotency key.', example: 'fir_3c0b1a7d9e2f4a5b8c6d7e8f9a0b1c2d' }) id!: string;
  @ApiProperty({ description: 'Id of the profile.', example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) profile!: string;
  @ApiProperty({ type: Object, example: { kind: 'event', event: 'Cart Updated', at: time } }) cause!: Json;
  @ApiProperty({ enum: firingStates, example: 'sent' }) state!: FiringState;
  @ApiProperty({ example: 1 }) attempts!: number;
  @ApiPropertyOptional({ description: 'When it is looked at (again).', format: 'date-time', example: time })
  dueAt?: string;
  @ApiPropertyOptional({ example: 'unreachable' }) code?: string;
  @ApiPropertyOptional({ example: 'example.com answered 200 OK: ok' }) reason?: string;
  @ApiPropertyOptional({ description: 'The run that it started.', example: 'run_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  run?: string;
  @ApiProperty({ format: 'date-time', example: time }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', example: time }) settledAt?: string;

  static of({
    _id,
    p,
    cause,
    state,
    attempts,
    dueAt,
    code,
    reason,
    run,
    createdAt,
    settledAt,
  }: StoredFiring): FiringView {
    return {
      id: _id,
      profile: p,
      cause: causeOf(cause),
      state,
      attempts,
      ...(dueAt && { dueAt: dueAt.toISOString() }),
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason }),
      ...(run !== undefined && { run }),
      createdAt: createdAt.toISOString(),
      ...(settledAt && { settledAt: settledAt.toISOString() }),
    };
  }
}

function causeOf(cause: StoredFiring['cause']): Json {
  const { kind } = cause;
  const at = cause.at.toISOString();
  switch (kind) {
    case 'event':
      return { kind, event: cause.name, at };
    case 'audience':
      return { kind, audience: cause.audience, change: cause.entered ? 'entered' : 'left', at };
    case 'trait':
      return { kind, trait: cause.trait, at };
  }
}

export class FiringListView implements List<FiringView> {
  @ApiProperty({ type: [FiringView] }) data!: FiringView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class RetriedView {
  @ApiProperty({ description: 'Firings that are tried again.', example: 3 }) retried!: number;
}
