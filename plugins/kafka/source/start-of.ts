import { MillraceError } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { laneOf, type Place } from './place.ts';

/** Offsets of the first message that a partition still has, and behind its last one. */
export interface Bounds {
  low: number;
  high: number;
}

export interface StartOptions {
  topic: string;
  partition: number;
  config: Pick<KafkaConfig, 'from' | 'whenGone'>;
  /** What is durable (absent: nothing). */
  place?: Place;
  bounds: Bounds;
  /** Offset of a message before the place that is another one than was read there. */
  otherAt?: number;
  /** The partition was added after the sync had begun. */
  added: boolean;
  /** Offset of the first message that is not older than the configured time. */
  atTime: () => Promise<number>;
}

export interface Start {
  offset: number;
  /** Said in the log: messages that were never read. */
  warning?: string;
}

/**
 * Where a partition is read from: behind what is durable, else as configured. The group's own offsets in the broker do not count.
 * @throws MillraceError `place_gone` when what comes next is not there any more and the policy is to fail
 */
export async function startOf(options: StartOptions): Promise<Start> {
  const { place, bounds, config, added } = options;
  if (place) return goesOn(options, place);
  if (added || config.from === 'beginning') return { offset: bounds.low };
  if (config.from === 'latest') return { offset: bounds.high };
  return { offset: await options.atTime() };
}

function goesOn(options: StartOptions, { offset }: Place): Start {
  const { topic, partition, config, bounds } = options;
  const { low, high } = bounds;
  const what = goneOf(options, offset);
  if (what === undefined) return { offset };
  if (config.whenGone === 'fail') {
    throw new MillraceError(
      'place_gone',
      `${what} Set "When messages are gone" to beginning or latest, or reset where the sync starts.`,
      { details: { lane: laneOf(topic, partition), next: offset, low, high } },
    );
  }
  const from = config.whenGone === 'latest' ? high : low;
  return { offset: from, warning: `${what} It goes on at ${from}.` };
}

/** Why it does not go on at an offset; undefined: it does. */
function goneOf(
  { topic, partition, bounds: { low, high }, otherAt }: StartOptions,
  offset: number,
): string | undefined {
  const lane = laneOf(topic, partition);
  const anew =
    'the topic was made anew, has lost messages, or is that of another cluster (then PATCH the connection with { "moved": true }).';
  if (otherAt !== undefined)
    return `${lane} has another message at ${otherAt} than the one that was read there: ${anew}`;
  if (offset > high) return `${lane} ends at ${high}, and ${offset} comes next: ${anew}`;
  if (offset >= low) return undefined;
  return `The messages ${offset} to ${low - 1} of ${lane} were removed before they were read: the topic keeps them for too short a time.`;
}
