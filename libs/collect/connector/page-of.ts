import { MillraceError, messageOf, type Page, type PageReject, type Row } from '@millrace/sdk';
import type { ReadItem } from '../inbox/index.ts';
import type { Message } from '../messages/index.ts';
import { aloneOf, type CollectedPeople } from '../people/index.ts';
import type { ErasedMessages } from './erased-messages.ts';
import { meaningOf, whoOf, type Meaning } from './meaning.ts';

export interface PageParts {
  people: Pick<CollectedPeople, 'add'>;
  erased: Pick<ErasedMessages, 'remove'>;
}

interface Understood {
  item: ReadItem;
  message: Message;
  meaning: Meaning;
}

/** Items of the inbox as rows: what each says as it came (`message`), and what it means to the profile store. */
export async function pageOf(
  items: ReadItem[],
  { people, erased }: PageParts,
): Promise<Required<Pick<Page, 'records' | 'times' | 'rejects' | 'positions'>>> {
  const understood: Understood[] = [];
  const rejects: PageReject[] = [];
  for (const item of items) {
    try {
      understood.push(understand(item));
    } catch (error) {
      rejects.push(rejectOf(item, error));
    }
  }
  const refused = await erased.remove(understood);
  const added = await people.add(
    understood.flatMap((one) => (one.meaning.saying && !refused.has(one) ? one.meaning.saying : [])),
  );
  const records: Row[] = [];
  const times: string[] = [];
  for (const one of understood) {
    const { saying } = one.meaning;
    const result = saying && (refused.has(one) ? aloneOf(saying) : added.shift());
    if (result instanceof MillraceError) {
      rejects.push(rejectOf(one.item, result));
      continue;
    }
    records.push(recordOf(one, result?.person));
    times.push(result ? new Date(result.at).toISOString() : one.message.timestamp);
  }
  return { records, positions: records.map(({ id }) => `inbox/${String(id)}`), times: { records: times }, rejects };
}

function understand(item: ReadItem): Understood {
  if (item.fault) throw new MillraceError(item.fault.code, item.fault.message);
  const message = JSON.parse(item.json) as Message;
  const order = `${item.receivedAt.getTime()}/${String(item.seq).padStart(12, '0')}`;
  return { item, message, meaning: meaningOf(message, item._id, order) };
}

function recordOf({ item, message, meaning: { saying, profile, key, ...rest } }: Understood, person?: object): Row {
  const { type, messageId, timestamp } = message;
  return {
    key: saying ? whoOf(message) : (key ?? item._id),
    id: item._id,
    source: item.source,
    type,
    messageId,
    timestamp,
    message,
    ...(saying ? { profile: person } : profile && { profile }),
    ...rest,
  };
}

/** Whatever is wrong with it: one item must not keep all that came after it from being read. */
function rejectOf({ _id, json }: ReadItem, error: unknown): PageReject {
  const reject = { raw: rawOf(json), position: `inbox/${_id}` };
  if (error instanceof MillraceError) return { ...reject, code: error.code, message: error.message };
  return { ...reject, code: 'malformed_row', message: `The message cannot be understood: ${messageOf(error)}` };
}

/** What could not even be parsed stays text. */
function rawOf(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}
