import type { Json } from '@millrace/sdk';
import { lastMessageIn, type LastMessage } from './last-message.ts';

/** Where a lane goes on: its `resume`. */
export interface Place {
  /** Of the next message. */
  offset: number;
  /** How many partitions the topic had: those that are added later are read from their beginning, wherever the sync began. */
  partitions: number;
  /** The latest time of a message so far (ms), since producers' clocks differ and the log's order counts. */
  at: number;
  /** The message before it, as far as that was read. */
  last?: LastMessage;
}

export function laneOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

export function partitionOf(lane: string): number {
  return Number(lane.slice(lane.lastIndexOf('/') + 1));
}

export function resumeOf({ offset, partitions, at, last }: Place): Json {
  return { offset, partitions, at, ...(last && { last: { ...last } }) };
}

/** Undefined: nothing is durable, or it was edited into something else. */
export function placeIn(resume: Json | undefined): Place | undefined {
  if (typeof resume !== 'object' || resume === null || Array.isArray(resume)) return undefined;
  const { offset, partitions = 0, at = 0 } = resume;
  if (typeof offset !== 'number' || typeof partitions !== 'number' || typeof at !== 'number') return undefined;
  const last = lastMessageIn(resume.last);
  return { offset, partitions, at, ...(last && { last }) };
}
