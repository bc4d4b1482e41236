import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { objectsOf, type Outcome, type PushRow } from '@millrace/sdk';
import { Connections } from '#connections';
import { Log, plainCollection, Settings } from '#platform';
import { Collections } from '../collections.ts';
import { Pusher } from '../engine/push/pusher.ts';
import { unlessAborted } from '../engine/unless-aborted.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import { StallWatch } from './stall-watch.ts';
import { destinationDeletionModel, type DestinationDeletion } from './destination-deletion.schema.ts';

/** Deletions that go the same way. */
export type DeletionGroup = Pick<DestinationDeletion, 'sync' | 'object' | 'way'>;

type Way = Pick<Sync, '_id' | 'name' | 'from' | 'delivery'> & { to: { connection: string; place?: number } };

/** What became of the deletions for one object of a destination. */
export interface ToldDestination {
  /** What sent the rows: a sync, or `trigger:<slug>`. */
  sync: string;
  syncName: string;
  connection: string;
  object: string;
  /** Rows that the destination has deleted. */
  deleted: number;
  /** Rows that somebody has to delete there by hand, and why. */
  byHand: number;
  reason?: string;
}

/** What the connector answered, a row each. */
interface Pushed {
  connection: string;
  outcomes: (Outcome | null)[];
  reason?: string;
}

const atATime = 500;

/** Tells destinations whom they have to delete, outside of any run: schedules and filters of the syncs do not matter. */
@Injectable()
export class DestinationDeletions {
  private readonly deletions: mongo.Collection<DestinationDeletion>;

  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
    private readonly log: Log,
    private readonly settings: Settings,
    @InjectModel(destinationDeletionModel) deletions: Model<DestinationDeletion>,
  ) {
    this.deletions = plainCollection<DestinationDeletion>(deletions);
  }

  /** What is still to be told for a request: a page of each. */
  async open(request: string): Promise<DeletionGroup[]> {
    const groups = await this.deletions
      .aggregate<{ _id: DeletionGroup }>([
        { $match: { request } },
        { $group: { _id: { sync: '$sync', object: '$object', way: '$way' } } },
        { $sort: { _id: 1 } },
        { $limit: 200 },
      ])
      .toArray();
    return groups.map(({ _id }) => _id);
  }

  /**
   * Tells a page of them, and forgets what is told. A destination that cannot delete, or refuses to, is said to need a hand. Throws what the
   * connection throws: then nothing is forgotten, and it makes sense to try again.
   */
  async tell(request: string, group: DeletionGroup): Promise<ToldDestination> {
    const { sync, object } = group;
    const rows = await this.deletions.find({ request, ...group }, { limit: atATime }).toArray();
    const way = await this.#wayOf(group);
    const told = way ? await this.#pushed(way, object, rows) : withoutWay(rows, group);
    const deleted = told.outcomes.filter((outcome) => outcome?.status === 'ok' || outcome?.status === 'unchanged');
    await this.deletions.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
    const byHand = rows.length - deleted.length;
    return {
      ...{ sync, syncName: way?.name ?? sync, connection: told.connection, object },
      ...{ deleted: deleted.length, byHand },
      ...(byHand > 0 && { reason: told.reason ?? 'The destination refused the deletion.' }),
    };
  }

  /** By the deadline: those that nobody could be told of are left to people. */
  async giveUp(request: string, group: DeletionGroup, reason: string): Promise<ToldDestination> {
    const { sync, object } = group;
    const way = await this.#wayOf(group);
    const { deletedCount: byHand } = await this.deletions.deleteMany({ request, ...group });
    const connection = (way ?? group.way)?.to.connection ?? '';
    return { sync, syncName: way?.name ?? sync, connection, object, deleted: 0, byHand, reason };
  }

  /** Undefined: it is gone. */
  async #wayOf({ sync: _id, way }: DeletionGroup): Promise<Way | undefined> {
    if (!way) return (await this.collections.syncs.findOne({ _id })) ?? undefined;
    const isThere = (await this.connections.find(way.to.connection)) !== undefined;
    return isThere ? { ...way, _id, name: _id, delivery: 'atLeastOnce' } : undefined;
  }

  /** Throws `timeout` where the destination does not get on: it must not hold up what else is to be done. */
  async #pushed(way: Way, object: string, rows: DestinationDeletion[]): Promise<Pushed> {
    const watch = new StallWatch(this.settings.stallTimeout * 1_000);
    try {
      return await unlessAborted(this.#push(way, object, rows, watch), watch.signal, this.log);
    } finally {
      watch.end();
    }
  }

  async #push(
    { to, from, _id: run, delivery }: Way,
    object: string,
    rows: DestinationDeletion[],
    watch: StallWatch,
  ): Promise<Pushed> {
    const connection = await this.connections.open(to.connection, { signal: watch.signal, log: this.log });
    try {
      if (to.place !== undefined && to.place !== connection.place)
        return byHand(connection.id, rows, 'The connection leads to another place by now.');
      const objects = await objectsOf(connection.connector, connection.ctx);
      const definition = Object.hasOwn(objects, object) ? objects[object] : undefined;
      if (!definition?.modes.some((mode) => mode === 'delete' || mode === 'mirror'))
        return byHand(connection.id, rows, 'The destination cannot delete.');
      const pusher = new Pusher({
        ...{ ctx: connection.ctx, object, definition, mode: 'delete', delivery, from, run },
        permit: () => watch.moved(),
      });
      return { connection: connection.id, outcomes: await pusher.push(rows.map(deletionOf)) };
    } catch (error) {
      throw connection.shownError(error);
    } finally {
      await connection.close();
    }
  }
}

function withoutWay(rows: readonly DestinationDeletion[], { way }: DeletionGroup): Pushed {
  const gone = way ? 'connection' : 'sync';
  return byHand(way?.to.connection ?? '', rows, `The ${gone} is gone, and with it the way there.`);
}

function byHand(connection: string, rows: readonly DestinationDeletion[], reason: string): Pushed {
  return { connection, outcomes: rows.map(() => null), reason };
}

function deletionOf({ key, name, at }: DestinationDeletion, seq: number): PushRow {
  return { op: 'delete', record: name, key, at: at.toISOString(), undated: true, seq };
}
