import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  MillraceError,
  objectsOf,
  type CompiledMapping,
  type DestinationObject,
  type Mapping,
  type Outcome,
  type PushContext,
  type PushRow,
  type Row,
  type TemplateRenderer,
  type WriteMode,
} from '@millrace/sdk';
import { Connections, within, type OpenConnection } from '#connections';
import { Log } from '#platform';
import { compileOutput } from '../engine/rows/object-mapping.ts';
import { outputsOf } from '../engine/rows/outputs.ts';
import { Pusher } from '../engine/push/pusher.ts';
import { rowNames } from '../known-rows/row-name.ts';
import { MAPPING_RENDERER } from '../mapping-renderer.ts';
import type { StoredHandedRow } from './handed-row.schema.ts';
import { HandedRows } from './handed-rows.ts';

/** Where a row is handed to. */
export interface HandOverPlan {
  connection: string;
  object: string;
  /** Absent: the object's usual mapping. */
  mapping?: Mapping;
  /** Absent: the first of `upsert`, `insert` that the object offers. */
  mode?: WriteMode;
}

export interface HandedRow {
  /** The same for the same row, however often it is sent: the destination's idempotency key is made of it. */
  id: string;
  /** Who hands it over: what it hands over is known under this name. */
  by: string;
  /** Mapped. */
  record: Row;
  /** Names the row. */
  key: string;
  /** ISO time. */
  at: string;
  from: PushContext['from'];
}

/** Milliseconds that one row may take. */
const patience = 30_000;

interface Handing extends Pick<HandedRow, 'by' | 'from'> {
  row: PushRow;
  object: string;
  definition: DestinationObject;
  connection: Pick<OpenConnection, 'id' | 'place'>;
}

type Work<T> = (definition: DestinationObject, connection: OpenConnection) => Promise<T>;

/** Hands single rows to destinations, outside of any run: with the same pusher, outcomes and idempotency keys as the engine's. */
@Injectable()
export class HandOver {
  constructor(
    private readonly connections: Connections,
    private readonly handed: HandedRows,
    private readonly log: Log,
    @Optional() @Inject(MAPPING_RENDERER) private readonly render?: TemplateRenderer,
  ) {}

  /** Throws what is wrong with it: `not_found`, `object_not_found`, `invalid_mapping`, `bad_request`. */
  async check(plan: HandOverPlan): Promise<void> {
    await this.#with(plan, async (definition) => {
      refuseRuns(plan, definition);
      modeOf(plan, definition);
      this.#compiled(plan, definition);
    });
  }

  /** A row as it would be sent. Throws as `check` does, and `mapping_failed`. */
  async map(plan: HandOverPlan, row: Row): Promise<Row> {
    return this.#with(plan, async (definition) => {
      const mapping = this.#compiled(plan, definition);
      const [mapped] = mapping.needsTemplates ? await mapping.mapBatch([row]) : [mapping.map(row)];
      if (mapped instanceof MillraceError) throw mapped;
      return mapped ?? {};
    });
  }

  /**
   * Sends a mapped row until its outcome is final. It is remembered before: whatever becomes of this process, and of the answer, it may be there. Throws what
   * the connection throws, and `rate_limited` when it wants a long pause.
   */
  async send(plan: HandOverPlan, { id, by, record, key, at, from }: HandedRow): Promise<Outcome> {
    const row: PushRow = { op: 'upsert', record, key, at, undated: false, seq: 0 };
    const outcome = await this.#with(plan, async (definition, connection) => {
      refuseRuns(plan, definition);
      const pusher = new Pusher({
        ...{ ctx: connection.ctx, object: plan.object, definition, mode: modeOf(plan, definition) },
        ...{ delivery: 'atLeastOnce', from, run: id, permit: () => undefined },
      });
      const handed = handedRow({ by, from, row, object: plan.object, definition, connection });
      const isNews = !connection.builtIn && (await this.handed.remember(handed));
      const [only] = await pusher.push([row]);
      if (isNews && only?.status === 'rejected') await this.handed.forget([handed._id]);
      return only;
    });
    if (outcome) return outcome;
    throw new MillraceError('invalid_connector', `Object "${plan.object}" gave no outcome for the row.`);
  }

  #compiled(plan: HandOverPlan, definition: DestinationObject): CompiledMapping {
    return compileOutput({ object: plan.object, mapping: mappingOf(plan, definition) }, { render: this.render });
  }

  /** Also where the connector does not heed its signal: nobody waits for ever. */
  #with<T>(plan: HandOverPlan, work: Work<T>): Promise<T> {
    return within(`Asking "${plan.object}"`, patience, (signal) => this.#opened(plan, signal, work));
  }

  async #opened<T>({ connection: ref, object }: HandOverPlan, signal: AbortSignal, work: Work<T>): Promise<T> {
    const connection = await this.connections.open(ref, { signal, log: this.log });
    try {
      const objects = await objectsOf(connection.connector, connection.ctx);
      const [output] = outputsOf({ to: { connection: connection.id, object }, outputs: { [object]: {} } }, {}, objects);
      return await work((output as { definition: DestinationObject }).definition, connection);
    } catch (error) {
      throw connection.shownError(error);
    } finally {
      await connection.close();
    }
  }
}

function handedRow({ by, from, row, object, definition, connection }: Handing): StoredHandedRow {
  const { id, place } = connection;
  const { idOf, nameOf } = rowNames(`${by}/${id}/${place}`, object, definition);
  return { _id: idOf(row), by, way: { from, to: { connection: id, place } }, object, key: row.key, name: nameOf(row) };
}

function mappingOf({ mapping, object }: HandOverPlan, definition: DestinationObject): Mapping {
  const chosen = mapping ?? definition.mapping;
  if (chosen) return chosen;
  throw new MillraceError('invalid_mapping', `"${object}" brings no mapping of its own. Give a \`mapping\`.`);
}

function refuseRuns({ object }: HandOverPlan, { appearsAtEnd }: DestinationObject): void {
  if (!appearsAtEnd) return;
  throw new MillraceError(
    'bad_request',
    `"${object}" takes the rows of a whole run, which are there at its end: a row of its own would never be. Start a sync to it instead.`,
  );
}

function modeOf({ mode, object }: HandOverPlan, { modes }: DestinationObject): WriteMode {
  const chosen = mode ?? (['upsert', 'insert'] as const).find((one) => modes.includes(one));
  if (chosen && modes.includes(chosen) && (chosen === 'upsert' || chosen === 'insert')) return chosen;
  throw new MillraceError('bad_request', `"${object}" takes no single rows so; it can: ${modes.join(', ')}.`);
}
