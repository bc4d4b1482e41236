import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Json } from '@millrace/sdk';
import type { List } from '#platform';
import { describeTrigger } from '../definition/index.ts';
import type { Counts, StoredTrigger } from '../store/index.ts';
import type { TriggerTrial } from '../trigger-test.ts';
import { definitionOf } from '../triggers.ts';
import { PutTriggerDto } from './trigger.dto.ts';

const time = '2026-03-01T09:00:00.000Z';
const states = ['active', 'paused', 'held', 'failing'] as const;

export class TriggerErrorView {
  @ApiProperty({ format: 'date-time', example: time }) at!: string;
  @ApiProperty({ example: 'unreachable' }) code!: string;
  @ApiProperty({ description: 'It has the reason.', example: 'fir_3c0b1a7d9e2f4a5b8c6d7e8f9a0b1c2d' }) firing!: string;
}

export class TriggerCountsView implements Counts {
  @ApiProperty({ example: 120 }) sent!: number;
  @ApiProperty({ description: 'Not to be: see the reason of each.', example: 14 }) skipped!: number;
  @ApiProperty({ description: 'Given up.', example: 0 }) failed!: number;
  @ApiProperty({ description: 'Over a limit.', example: 0 }) held!: number;
  @ApiProperty({ description: 'Causes older than `maxAge`: they did not fire.', example: 0 }) tooOld!: number;
}

/** A trigger as the API shows it: what PUT takes, and how it goes. */
export class TriggerView extends PutTriggerDto {
  @ApiProperty({ description: 'The slug.', example: 'abandoned-carts' }) id!: string;
  @ApiProperty({ example: 'abandoned-carts' }) slug!: string;
  @ApiProperty({ example: 'After "Cart Updated", 4h later, unless an order came meanwhile: call a webhook' })
  sentence!: string;
  @ApiProperty({ enum: states, description: '`held`: a limit was passed; POST …/resume.', example: 'active' })
  state!: (typeof states)[number];
  @ApiPropertyOptional({
    description: 'Why it is held or failing.',
    example: 'Firing fir_… failed (unreachable); it has the reason.',
  })
  reason?: string;
  @ApiProperty({ type: [String], description: 'Secrets that there are.', example: ['do.webhook.secret'] })
  secretsSet!: string[];
  @ApiPropertyOptional({ type: TriggerErrorView }) lastError?: TriggerErrorView;
  @ApiPropertyOptional({ format: 'date-time', example: time }) lastSentAt?: string;
  @ApiPropertyOptional({
    type: TriggerCountsView,
    description: 'Of the last day; only where one trigger is asked for.',
  })
  lastDay?: TriggerCountsView;
  @ApiProperty({ description: 'Causes of before do not fire.', format: 'date-time', example: time })
  activeSince!: string;
  @ApiProperty({ example: 1 }) revision!: number;
  @ApiProperty({ format: 'date-time', example: time }) createdAt!: string;
  @ApiProperty({ format: 'date-time', example: time }) updatedAt!: string;

  static of(stored: StoredTrigger, lastDay?: Counts): TriggerView {
    const { _id, name, description, secretsSet, health, activeSince, revision, createdAt, updatedAt } = stored;
    const definition = definitionOf(stored);
    const { lastError, lastSentAt } = health;
    return {
      id: _id,
      slug: _id,
      name,
      ...(description !== undefined && { description }),
      ...definition,
      ...('webhook' in definition.do &&
        secretsSet.length > 0 && { do: { webhook: { ...definition.do.webhook, secret: null } } }),
      sentence: describeTrigger(definition),
      ...stateOf(stored),
      secretsSet,
      ...(lastError && { lastError: { ...lastError, at: lastError.at.toISOString() } }),
      ...(lastSentAt && { lastSentAt: lastSentAt.toISOString() }),
      ...(lastDay && { lastDay }),
      activeSince: activeSince.toISOString(),
      revision,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

function stateOf({ paused, health }: StoredTrigger): Pick<TriggerView, 'state' | 'reason'> {
  if (paused) return { state: 'paused' };
  if (health.held) return { state: 'held', reason: health.held.reason };
  if (health.failures > 0 && health.lastError)
    return {
      state: 'failing',
      reason: `Firing ${health.lastError.firing} failed (${health.lastError.code}); it has the reason.`,
    };
  return { state: 'active' };
}

export class TriggerListView implements List<TriggerView> {
  @ApiProperty({ type: [TriggerView] }) data!: TriggerView[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class TriggerTrialView implements TriggerTrial {
  @ApiProperty({ example: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) profile!: string;
  @ApiProperty({ example: false }) fires!: boolean;
  @ApiProperty({ type: [String], example: ['The person ordered meanwhile.'] }) reasons!: string[];
  @ApiProperty({ type: Object, nullable: true, example: { kind: 'event', name: 'Cart Updated', at: time } })
  cause!: Json;
  @ApiPropertyOptional({
    type: Object,
    description: 'What would be sent: the body of the webhook, or the mapped row.',
    example: { email: 'ann@x.com', cart: 25 },
  })
  payload?: Json;
}
