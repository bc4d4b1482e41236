import type { Condition, Mapping, Operator, Json } from '@millrace/sdk';

/** How a trait's value has to be; as in conditions, without the field. */
export interface ValueTest {
  is: Operator;
  value?: Json;
}

/** What a trigger waits for. */
export type TriggerCause =
  | { event: string; where?: Condition }
  | { entersAudience: string }
  | { leavesAudience: string }
  | { trait: string; from?: ValueTest; to?: ValueTest; newPeople?: boolean };

/** What makes a trigger that waits give up: one of these happened meanwhile. */
export interface Unless {
  events?: { name: string; where?: Condition }[];
  /** Any order. */
  orders?: boolean;
}

export type TriggerAction =
  | { sync: string }
  | { webhook: { url: string; secret?: string | null } }
  | { handOver: { connection: string; object: string; mapping?: Mapping; mode?: 'upsert' | 'insert' } };

export interface TriggerLimits {
  /** Firings of one person within an hour; beyond it they are held. */
  perPerson?: number;
  /** Firings within an hour; beyond it the trigger is held. */
  perHour?: number;
}

/** A trigger as people write it. */
export interface TriggerDefinition {
  on: TriggerCause;
  /** So long after the cause it is looked whether `unless` has happened. */
  wait?: string;
  unless?: Unless;
  /** So long a person is left alone after a firing. */
  coolDown?: string;
  /** Older causes do not fire. */
  maxAge?: string;
  /** Only people who may be written to. */
  requires?: { channel: string; purpose: string };
  limits?: TriggerLimits;
  do: TriggerAction;
}

export const usualMaxAge = '1d';
export const usualLimits = { perPerson: 20, perHour: 10_000 } as const;
