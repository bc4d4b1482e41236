import { parseTime } from '@millrace/sdk';
import { invalidMessage } from './invalid-message.ts';

export interface ClientTimes {
  timestamp?: unknown;
  originalTimestamp?: unknown;
  sentAt?: unknown;
}

export interface CorrectedTimes {
  timestamp: string;
  originalTimestamp?: string;
  sentAt?: string;
}

/**
 * When a message happened, by our clock: `receivedAt - (sentAt - originalTimestamp)`, as Segment has it; without `sentAt` the client's word counts,
 * without any time the moment of arrival. A correction to before 1970 is none: then the client's word counts, too. Nothing happens later than it arrives.
 */
export function correctClock(given: ClientTimes, receivedAt: Date): CorrectedTimes {
  const original = timeOf(given.originalTimestamp, 'originalTimestamp') ?? timeOf(given.timestamp, 'timestamp');
  const sent = timeOf(given.sentAt, 'sentAt');
  const received = receivedAt.getTime();
  const corrected = original !== undefined && sent !== undefined ? received - (sent - original) : undefined;
  const happened = corrected !== undefined && corrected >= earliest ? corrected : (original ?? received);
  return {
    timestamp: new Date(Math.min(happened, received)).toISOString(),
    ...(original !== undefined && { originalTimestamp: new Date(original).toISOString() }),
    ...(sent !== undefined && { sentAt: new Date(sent).toISOString() }),
  };
}

const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 0, 1);

function timeOf(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const time = typeof value === 'string' ? parseTime(value) : typeof value === 'number' ? value : Number.NaN;
  if (time >= earliest && time < latest) return time;
  throw invalidMessage(`"${field}" is not a time. Send ISO text such as 2026-01-31T09:00:00.000Z.`);
}
