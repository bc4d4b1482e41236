import { Injectable } from '@nestjs/common';
import { Collections } from '../collections.ts';
import type { Sync, SyncFrom } from './sync.schema.ts';
import type { SyncWrite } from './sync-writes.ts';

export type WritingSync = Pick<Sync, '_id' | 'name' | 'from'> & { writes: SyncWrite[] };

/** Which syncs lead from where to where. */
@Injectable()
export class SyncEnds {
  constructor(private readonly collections: Collections) {}

  /** Where the syncs to a connection read from. */
  async sourcesOf(connection: string): Promise<SyncFrom[]> {
    const syncs = this.collections.syncs.find<Pick<Sync, 'from'>>(
      { 'to.connection': connection },
      { projection: { from: 1 } },
    );
    return (await syncs.toArray()).map(({ from }) => from);
  }

  /** What the syncs to a connection write, or those of them from one; by age. */
  async writing(to: string, from?: string): Promise<WritingSync[]> {
    const filter = { 'to.connection': to, ...(from !== undefined && { 'from.connection': from }) };
    const projection = { name: 1, from: 1, writes: 1 };
    const syncs = await this.collections.syncs.find<WritingSync>(filter, { projection, sort: { _id: 1 } }).toArray();
    return syncs.map(({ writes = [], ...sync }) => ({ ...sync, writes }));
  }

  /** A sync that reads a stream, or that reads it to a connection. */
  async reading({ connection, stream }: SyncFrom, to?: string): Promise<Pick<Sync, '_id' | 'name'> | undefined> {
    const found = await this.collections.syncs.findOne(
      { 'from.connection': connection, 'from.stream': stream, ...(to && { 'to.connection': to }) },
      { projection: { name: 1 } },
    );
    return found ?? undefined;
  }
}
