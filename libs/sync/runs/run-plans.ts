import { Injectable } from '@nestjs/common';
import { MillraceError, type CursorWindow } from '@millrace/sdk';
import { Catalog } from '#catalog';
import { Connections } from '#connections';
import { byName } from '../by-name.ts';
import { findStream } from '../engine/opening/stream-of.ts';
import { windowTest } from '../engine/rows/window.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import type { Replay, RunPlan } from './run.schema.ts';

/** What one run is to do otherwise than its sync says. */
export interface RunOptions {
  /** Everything is read, and the next run goes on from there. */
  full?: boolean;
  /** Only rows whose cursor lies in it; the next run starts where it would have. */
  window?: CursorWindow;
  /** Rows are sent again even where the destination has them just so. */
  resend?: boolean;
  /** Rows that were refused before, instead of the source's. */
  replay?: Replay;
}

/** Makes the plan of a run from what the sync says now. */
@Injectable()
export class RunPlans {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: Connections,
  ) {}

  /** Throws when the sync cannot do that: `bad_request`, `conflict`, `connector_disabled`. */
  async of(sync: Sync, { full, window, resend, replay }: RunOptions): Promise<RunPlan> {
    if (sync.read === 'stream') refuseForStream(sync, { full, window, resend, replay });
    const from = await this.usable(sync.from.connection);
    const to = await this.usable(sync.to.connection);
    if (window) {
      refuseWindow(window, full);
      await this.requireCursor(sync);
    }
    if (window || replay) await this.refusePartOfWhole(sync);
    const startsAnew = full || window || replay || sync.read === 'full';
    return {
      from: { ...sync.from, connection: from.id },
      to: { ...sync.to, connection: to.id },
      read: replay && sync.read === 'stream' ? 'incremental' : sync.read,
      mode: sync.mode,
      delivery: sync.delivery,
      drift: sync.drift,
      ...(sync.outputs && { outputs: sync.outputs }),
      ...(sync.filter && { filter: sync.filter }),
      ...(sync.read === 'stream' && { consumers: sync.consumers ?? 1 }),
      ...(full && { full }),
      ...(window && { window }),
      ...(resend && { resend }),
      ...(replay && { replay }),
      ...(!startsAnew && sync.startsFrom !== undefined && { startsFrom: sync.startsFrom }),
      syncRevision: sync.revision,
      fromConnector: from.connector,
      fromRevision: from.revision,
      fromPlace: from.place,
      fromVersion: from.version,
      toConnector: to.connector,
      toRevision: to.revision,
      toPlace: to.place,
      toVersion: to.version,
    };
  }

  private async requireCursor({ from }: Sync): Promise<void> {
    const streams = await this.connections.streams(from.connection);
    const stream = findStream(byName(streams), from.stream);
    if (from.cursor ?? stream.cursor) return;
    throw new MillraceError(
      'bad_request',
      `Stream "${from.stream}" has no cursor, so nothing tells which rows lie in a window. Set the sync's \`from.cursor\`, or run it without \`window\`.`,
    );
  }

  /** What an object that starts anew with each run has of the others would be gone. */
  private async refusePartOfWhole({ to, outputs }: Sync): Promise<void> {
    const objects = byName(await this.connections.objects(to.connection));
    const names = outputs ? Object.keys(outputs) : to.object === undefined ? Object.keys(objects) : [to.object];
    const anew = names.find((name) => objects[name]?.startsAnew);
    if (anew === undefined) return;
    throw new MillraceError(
      'conflict',
      `"${anew}" puts the rows of a run in the place of those of the run before: a window or a replay would leave nothing but its own rows. Start a full run, or let the destination keep runs apart (a file: {run} in its name).`,
    );
  }

  private async usable(
    connection: string,
  ): Promise<{ id: string; connector: string; revision: number; place: number; version: string }> {
    const { id, revision, place, connector } = await this.connections.summary(connection);
    return { id, connector, revision, place, version: this.catalog.require(connector).connector.version };
  }
}

/** What would read nothing, or everything, though somebody meant something else. */
function refuseWindow(window: CursorWindow, full = false): void {
  const { from, to } = window;
  if (from === undefined && to === undefined)
    throw new MillraceError('bad_request', '`window` says neither `from` nor `to`. Give one of them, or leave it out.');
  if (full) throw new MillraceError('bad_request', '`full` reads everything, `window` a part. Give only one of them.');
  if (from !== undefined && to !== undefined && !windowTest({ to })(from))
    throw new MillraceError('bad_request', '`window` ends before it begins: no row lies in it. Swap `from` and `to`.');
}

function refuseForStream({ paused }: Sync, { full, window, resend, replay }: RunOptions): void {
  if (full || window || resend)
    throw new MillraceError(
      'bad_request',
      'An endless stream is followed as it comes. Where it can be read as well, PATCH the sync with { "read": "full" } first.',
    );
  if (replay && !paused)
    throw new MillraceError(
      'conflict',
      'The stream is being followed. Pause the sync, replay, and PATCH it with { "paused": false } again.',
    );
  if (!replay && paused)
    throw new MillraceError('conflict', 'The sync is paused. PATCH it with { "paused": false }: it goes on by itself.');
}
