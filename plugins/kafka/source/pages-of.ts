import type { KafkaMessage } from 'kafkajs';
import type { Key, Page, PageReject } from '@millrace/sdk';
import { lastMessage } from './last-message.ts';
import { laneOf, resumeOf, type Place } from './place.ts';
import type { MessageRecord } from './message-record.ts';
import { timeOf, type MessageReader } from './read-message.ts';

const maxMessages = 1_000;
const maxBytes = 1_000_000;

export type LanePage = Page<MessageRecord> & { lane: string };

interface Draft {
  records: MessageRecord[];
  positions: string[];
  recordTimes: string[];
  deletes: Key[];
  deleteTimes: string[];
  rejects: PageReject[];
  bytes: number;
}

export interface FetchedMessages {
  topic: string;
  partition: number;
  messages: KafkaMessage[];
  /** Offset of what comes after all of them, control records included. */
  next: number;
}

/**
 * Pages of some messages, cut by count and bytes. `place` is moved on with each. Within a page removals come after records, so a record
 * begins a new page where one it names was removed before it.
 */
export async function* pagesOf(
  { topic, partition, messages, next }: FetchedMessages,
  place: Place,
  read: MessageReader,
): AsyncGenerator<LanePage, void, void> {
  const lane = laneOf(topic, partition);
  let last: KafkaMessage | undefined;
  const page = (draft: Draft, offset: number): LanePage => {
    place.offset = offset;
    if (last) place.last = lastMessage(last);
    const { records, positions, recordTimes, deletes, deleteTimes, rejects } = draft;
    const times = { records: recordTimes, deletes: deleteTimes };
    return { records, positions, deletes, times, rejects, lane, resume: resumeOf(place) };
  };
  let draft = emptyDraft();
  for (const message of messages) {
    const one = await read(message, partition);
    const bytes = (message.value?.length ?? 0) + (message.key?.length ?? 0);
    const offset = Number(message.offset);
    if (isFull(draft, bytes) || (one.record && draft.deletes.length > 0)) {
      yield page(draft, offset);
      draft = emptyDraft();
    }
    draft.bytes += bytes;
    place.at = Math.max(place.at, Math.min(timeOf(message), Date.now()));
    const at = new Date(place.at).toISOString();
    if (one.record) {
      draft.records.push(one.record);
      draft.positions.push(`${lane}/${offset}`);
      draft.recordTimes.push(at);
    } else if (one.deleted) {
      draft.deletes.push(one.deleted);
      draft.deleteTimes.push(at);
    } else draft.rejects.push(one.reject);
    last = message;
  }
  yield page(draft, next);
}

function isFull({ records, deletes, rejects, bytes }: Draft, more: number): boolean {
  const count = records.length + deletes.length + rejects.length;
  return count > 0 && (count >= maxMessages || bytes + more > maxBytes);
}

function emptyDraft(): Draft {
  return { records: [], positions: [], recordTimes: [], deletes: [], deleteTimes: [], rejects: [], bytes: 0 };
}
