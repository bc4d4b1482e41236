import {
  defineConnector,
  MillraceError,
  ok,
  rejected,
  unchanged,
  type AnyConnector,
  type DestinationObject,
  type ErrorCode,
  type Outcome,
  type Page,
  type PushContext,
  type PushRow,
  type Row,
  type Slice,
  type Stream,
} from '@millrace/sdk';

/** What the scripted source has and does, and what the scripted destination received. */
export interface Script {
  rows: (Row & { id: number; changed: number | string })[];
  received: Map<unknown, Row>;
  /** What the destination that keeps everything has. */
  entries?: Row[];
  pageSize: number;
  /** Are read instead of the rows. */
  pages?: Page[];
  /** Each happens once. */
  failures?: { afterPage: number; code?: ErrorCode }[];
  refuse?: (record: Row) => boolean;
  /** What the destination answers instead of taking the row; nothing: it takes it. */
  answer?: (row: PushRow, ctx: PushContext) => Outcome | undefined;
  /** Told of each push before it is answered. */
  onPush?: (rows: PushRow[], ctx: PushContext) => void | Promise<void>;
  /** Told of each end of a run's rows. */
  onFinish?: () => void | Promise<void>;
  poll?: (token: string) => Outcome | Promise<Outcome>;
  slices?: Slice[];
  /** The source does not even tell its streams. */
  undiscoverable?: boolean;
  /** The destination does not even tell its objects. */
  unreachable?: boolean;
  /** Is asked before the source tells its streams. */
  onDiscovery?: () => Promise<void>;
  onPage?: (page: number, signal: AbortSignal) => Promise<void>;
}

const config = { type: 'object', properties: { user: { type: 'string' } }, additionalProperties: false };

/** A source and a destination in memory, steered by a script. */
export function scriptedConnectors(script: Script): { connector: AnyConnector; origin: string }[] {
  const rows: Stream = {
    key: 'id',
    cursor: 'changed',
    plan: async () => script.slices ?? [{ id: 'all', spec: { from: 0, to: Infinity } }],
    async *read({ slice, resume, state, signal }) {
      if (script.pages) {
        for (const [i, page] of script.pages.entries())
          if (i >= ((resume as number | undefined) ?? 0)) yield { ...page, resume: i + 1 };
        return;
      }
      const { from, to } = slice.spec as { from: number; to: number | null };
      const since = (state as { cursor: number | string } | undefined)?.cursor;
      const isNew = (changed: number | string) => since === undefined || changed >= since;
      const rows = script.rows.filter(({ id, changed }) => id >= from && id <= (to ?? Infinity) && isNew(changed));
      let start = (resume as number | undefined) ?? 0;
      for (let page = start / script.pageSize; start < rows.length; page++) {
        await script.onPage?.(page, signal);
        failIfScripted(script, page);
        const records = rows.slice(start, start + script.pageSize);
        start += script.pageSize;
        yield { records, resume: start };
      }
    },
  };
  const source = defineConnector({
    id: 'scripted-source',
    title: 'Scripted source',
    version: '1.0.0',
    config,
    check: async () => undefined,
    source: {
      streams: async () => {
        await script.onDiscovery?.();
        if (script.undiscoverable) throw new MillraceError('unreachable', 'The scripted source is down. Wait.');
        return { rows };
      },
    },
  });
  const thing: DestinationObject = {
    key: 'id',
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    batch: { records: 10 },
    finish: async () => script.onFinish?.(),
    poll: (_, tokens) => Promise.all(tokens.map(async (token) => script.poll?.(token) ?? ok())),
    async push(ctx, rows) {
      await script.onPush?.(rows, ctx);
      return rows.map((row) => {
        const { record, op } = row;
        const answer = script.answer?.(row, ctx);
        if (answer) return answer;
        if (op === 'delete') return script.received.delete(record.id) ? ok({ deleted: 1 }) : unchanged();
        if (script.refuse?.(record)) return rejected('remote_rejected', 'refused by the script');
        const known = JSON.stringify(script.received.get(record.id)) === JSON.stringify(record);
        script.received.set(record.id, record);
        return known ? unchanged() : ok();
      });
    },
  };
  const objects: Record<string, DestinationObject> = {
    thing,
    /** As the things, but a repeat is a duplicate. */
    message: { ...thing, modes: ['upsert', 'insert', 'delete'], idempotency: 'none' },
    /** Keeps whatever comes, in its order: a repeat is a duplicate. */
    entry: {
      modes: ['insert'],
      mapping: { id: 'id' },
      idempotency: 'none',
      batch: { records: 10 },
      async push(ctx, rows) {
        await script.onPush?.(rows, ctx);
        return rows.map((row) => {
          const answer = script.answer?.(row, ctx);
          if (answer?.status !== 'retry' && answer?.status !== 'rejected') script.entries?.push(row.record);
          return answer ?? ok({ created: 1 });
        });
      },
    },
    /** As the things, but of the last run only. */
    list: { ...thing, everyRow: true, startsAnew: true, appearsAtEnd: true },
  };
  const destination = defineConnector({
    id: 'scripted-destination',
    title: 'Scripted destination',
    version: '1.0.0',
    config,
    check: async () => undefined,
    destination: {
      objects: async () => {
        if (script.unreachable) throw new MillraceError('unreachable', 'The scripted destination is down. Wait.');
        return objects;
      },
    },
  });
  return [source, destination].map((connector) => ({ connector, origin: import.meta.filename }));
}

function failIfScripted(script: Script, page: number): void {
  const at = script.failures?.findIndex(({ afterPage }) => afterPage === page) ?? -1;
  if (at < 0) return;
  const [failure] = script.failures?.splice(at, 1) ?? [];
  throw new MillraceError(failure?.code ?? 'unreachable', 'A scripted failure. Nothing is to be done.');
}
