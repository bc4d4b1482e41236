import type { Sync } from '../api/index.ts';
import { rowsOf, type RuleRow } from './rule-rows.ts';
import { scheduleDraft, type ScheduleDraft } from './schedule-draft.ts';
import { listText } from '../texts/index.ts';

/** A sync as one fills it in. An empty text says nothing: the API's default counts. */
export interface SyncDraft {
  /** Absent: nobody has typed one, and one is suggested. */
  name?: string;
  from: { connection: string; stream: string; key: string; cursor: string };
  /** An empty object: several; absent: nobody has chosen. */
  to: { connection: string; object?: string };
  /** Absent: nobody has touched a mapping, and it is as usual. */
  outputs?: OutputDraft[];
  read: string;
  consumers: string;
  mode: string;
  delivery: string;
  drift: string;
  /** JSON. */
  filter: string;
  schedule: ScheduleDraft;
  labels: string;
}

/** What is written to one object. */
export interface OutputDraft {
  object: string;
  rows: RuleRow[];
}

export function draftOf(sync: Sync): SyncDraft {
  const { name, from, to, outputs, filter, consumers, labels = [] } = sync;
  const { read = '', mode = '', delivery = '', drift = '' } = sync;
  const { connection, stream, key = [], cursor = '' } = from;
  return {
    ...{ name, read, mode, delivery, drift },
    from: { connection, stream, key: listText(key), cursor },
    to: { connection: to.connection, object: to.object ?? '' },
    ...(outputs && { outputs: outputDrafts(outputs) }),
    consumers: consumers === undefined ? '' : String(consumers),
    filter: filter ? JSON.stringify(filter, null, 2) : '',
    schedule: scheduleDraft(sync.schedule, ''),
    labels: listText(labels),
  };
}

/** One that nobody has filled in yet. */
export function newDraft(connection: string, stream: string, timeZone: string): SyncDraft {
  return {
    from: { connection, stream, key: '', cursor: '' },
    to: { connection: connection === 'profiles' ? '' : 'profiles' },
    ...{ read: '', consumers: '', mode: '', delivery: '', drift: '', filter: '', labels: '' },
    schedule: scheduleDraft(undefined, timeZone),
  };
}

export function outputDrafts(outputs: NonNullable<Sync['outputs']>): OutputDraft[] {
  return Object.entries(outputs).map(([object, mapping]) => ({ object, rows: rowsOf(mapping) }));
}

export const isSameDraft = (a: SyncDraft, b: SyncDraft): boolean =>
  JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** In one order, however the parts came together. */
function plain({ name, from, to, outputs, schedule, ...rest }: SyncDraft): unknown {
  const { connection, stream, key, cursor } = from;
  const { kind, every, cron, timeZone, after } = schedule;
  const ends = [connection, stream, key, cursor, to.connection, to.object];
  const texts = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    name,
    ends,
    outputs?.map(({ object, rows }) => [object, rows.map(({ target, rule }) => [target, rule])]),
    kind,
    every,
    cron,
    timeZone,
    after,
    texts,
  ];
}
