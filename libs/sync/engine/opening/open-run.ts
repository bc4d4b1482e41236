import {
  fieldList,
  type MillraceError,
  objectsOf,
  type DestinationObject,
  type PlanContext,
  type PushRow,
  type Stream,
  type StreamOrigin,
  type StreamSettings,
  type TemplateRenderer,
} from '@millrace/sdk';
import type { Connections, OpenConnection } from '#connections';
import type { Log } from '#platform';
import { refuseOtherPlaces } from './other-places.ts';
import type { Run, RunPlan } from '../../runs/run.schema.ts';
import { attributed, attributedObject, attributedStream, opened } from './attributed.ts';
import { ConnectionError } from '../connection-error.ts';
import type { PageMapper } from '../rows/erased-gate.ts';
import type { ErasedGates } from '../rows/erased-gates.ts';
import type { RowPlace } from '../../known-rows/known-row.schema.ts';
import type { KnownRows } from '../../known-rows/known-rows.ts';
import { RowFacts } from '../../known-rows/row-facts.ts';
import { RowMemory } from '../../known-rows/row-memory.ts';
import { outputsOf, type Output } from '../rows/outputs.ts';
import { PageWriter } from '../push/page-writer.ts';
import { Pusher } from '../push/pusher.ts';
import { RowMapper, type RefusedRow } from '../rows/row-mapper.ts';
import { streamOf } from './stream-of.ts';

/** A run with both its connections open and its mappings compiled. */
export interface OpenRun {
  stream: Stream;
  /** Where its rows are told to come from. */
  origin: StreamOrigin;
  settings: StreamSettings;
  /** For planning and reading. */
  context: PlanContext;
  outputs: Output[];
  mapper: PageMapper;
  pushers: Pusher[];
  /** By output. */
  definitions: DestinationObject[];
  writer: PageWriter;
  /** By output, what the destination is known to have. */
  memories: RowMemory[];
  /** Tells the memories of rows that could not be used, but are there. A mirror removes those of erased people. */
  stillThere(refused: RefusedRow[]): Promise<void>;
  /** Tells the memories what the destination has acknowledged, by output; and where the source told what this run did not read from it. */
  remember(rows: (output: number) => PushRow[], places?: ReadonlyMap<PushRow, RowPlace>): Promise<void>;
  /** The destination is one of Millrace's own stores. */
  builtIn: boolean;
  /** A connection was changed since the run was planned. */
  outdated: boolean;
  /** What may be stored and shown of an error: without the secrets of either connection; a `ConnectionError` where one of them caused it. */
  shownError(thrown: unknown): MillraceError;
  close(): Promise<void>;
}

export interface OpenRunOptions {
  connections: Connections;
  known: KnownRows;
  gates: ErasedGates;
  render?: TemplateRenderer;
  signal: AbortSignal;
  log: Log;
  /** Throws when nothing may be written any more. */
  permit: () => void;
  /** Milliseconds that are waited for the source, of which nothing is to be read any more. */
  sourceWithin?: number;
}

export type OpenableRun = Pick<Run, '_id' | 'sync' | 'plan' | 'until'>;

export async function openRun(run: OpenableRun, options: OpenRunOptions): Promise<OpenRun> {
  const { plan } = run;
  const { connections, signal, log } = options;
  const from = await opened(
    plan.from.connection,
    connections.open(plan.from.connection, { signal, log, run: run._id }),
  );
  let to: OpenConnection | undefined;
  try {
    to = await opened(plan.to.connection, connections.open(plan.to.connection, { signal, log, run: run._id }));
    refuseOtherPlaces(run, from, to);
    return await prepare(run, from, to, options);
  } catch (error) {
    await from.close();
    await to?.close();
    throw error;
  }
}

async function prepare(
  run: OpenableRun,
  from: OpenConnection,
  to: OpenConnection,
  options: OpenRunOptions,
): Promise<OpenRun> {
  const { plan } = run;
  const stream = attributedStream(await streamOf(from, plan, options.sourceWithin), from);
  const settings = settingsOf(plan, stream);
  const objects = await attributed(to, () => objectsOf(to.connector, to.ctx));
  const outputs = outputsOf(plan, stream, objects);
  const until = run.until.toISOString();
  const rowMapper = new RowMapper({
    key: settings.key,
    cursor: settings.cursor,
    schema: stream.schema,
    filter: plan.filter,
    window: plan.window,
    outputs,
    op: plan.mode === 'delete' ? 'delete' : 'upsert',
    dropRepeats: plan.mode !== 'insert',
    until,
    render: options.render,
  });
  const origin = { ...(stream.origin ?? { connection: from.id, stream: settings.name }), key: settings.key };
  const gated = { origin, from: { connection: from.id, stream: settings.name }, outputs: stream.outputs };
  const mapper = to.builtIn ? rowMapper : options.gates.gate(rowMapper, gated);
  const ends = outputs.map(({ object, definition }) => {
    const facts = new RowFacts();
    const pusher = new Pusher({
      ctx: to.ctx,
      object,
      definition: attributedObject(definition, to),
      mode: plan.mode === 'mirror' && !definition.modes.includes('mirror') ? 'upsert' : plan.mode,
      delivery: plan.delivery,
      from: origin,
      run: run._id,
      amongOthers: outputs.length > 1,
      permit: options.permit,
      facts,
    });
    const memory = new RowMemory({
      known: options.known,
      facts,
      sync: run.sync,
      run: run._id,
      object,
      definition,
      remembers: plan.mode === 'mirror' || !definition.everyRow,
      mirror: plan.mode === 'mirror',
      deletes: plan.mode === 'delete',
      inTerms: (plan.consumers ?? 1) > 1,
      resend: plan.resend ?? false,
      replays: plan.replay !== undefined,
      permit: options.permit,
    });
    return { pusher, memory };
  });
  // The sync may be older than what its destination says of that: only what changed would be left there.
  const startsAnew = outputs.some(({ definition }) => definition.startsAnew);
  const pushers = ends.map(({ pusher }) => pusher);
  const memories = ends.map(({ memory }) => memory);
  return {
    stream,
    origin,
    settings,
    context: {
      ...from.ctx,
      stream: settings,
      state: startsAnew ? undefined : plan.startsFrom,
      until,
      window: plan.window,
    },
    outputs,
    mapper,
    pushers,
    definitions: pushers.map(({ definition }) => definition),
    writer: new PageWriter(mapper, pushers),
    memories,
    stillThere: async (refused) => {
      const keys = refused.flatMap(({ key, code }) => (code === 'person_erased' ? [] : (key ?? [])));
      for (const memory of memories) await memory.stillThere(keys);
    },
    remember: async (rows, places) => {
      for (const [output, memory] of memories.entries()) await memory.acknowledged(rows(output), places);
    },
    builtIn: to.builtIn,
    outdated: from.revision !== plan.fromRevision || to.revision !== plan.toRevision,
    shownError(thrown) {
      const shown = from.shownError(to.shownError(thrown));
      return thrown instanceof ConnectionError ? new ConnectionError(shown, thrown.connection) : shown;
    },
    close: async () => {
      await Promise.all([from.close(), to.close()]);
    },
  };
}

export function settingsOf(
  plan: Pick<RunPlan, 'from' | 'read' | 'window'>,
  stream: Pick<Stream, 'key' | 'cursor'>,
): StreamSettings {
  const cursor = plan.from.cursor ?? stream.cursor;
  return {
    name: plan.from.stream,
    key: plan.from.key ?? fieldList(stream.key),
    cursor: plan.read === 'full' && !plan.window ? undefined : cursor,
  };
}
