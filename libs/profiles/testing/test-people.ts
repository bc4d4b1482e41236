import {
  objectsOf,
  streamsOf,
  wholeStream,
  type ConnectorContext,
  type Json,
  type Outcome,
  type Page,
  type PushRow,
  type ReadContext,
  type Row,
} from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Audiences } from '../audiences/index.ts';
import { ComputedTraits } from '../computed/index.ts';
import { Profiles } from '../index.ts';
import { Membership } from '../membership/index.ts';
import { ProfileStore } from '../store/index.ts';
import { Chores } from '../upkeep/index.ts';
import { loadProfiles } from './profiles-module.ts';

export interface TestPeople {
  audiences: Audiences;
  computedTraits: ComputedTraits;
  profiles: Profiles;
  membership: Membership;
  store: ProfileStore;
  chores: Chores;
  connection: Connection;
  get<T>(type: new (...args: never[]) => T): T;
  /** Rows as a run of a sync sends them. */
  push(object: string, records: Row[], run?: string): Promise<Outcome[]>;
  /** What a stream of the connection `profiles` gives. */
  read(stream: string, state?: Json): Promise<Page[]>;
  close(): Promise<void>;
}

/** The profile store over a database of the spec's own. Nothing is done in the background but by `chores.settle`. */
export async function testPeople(): Promise<TestPeople> {
  const { module, connection, connector } = await loadProfiles();
  const ctx = { signal: new AbortController().signal } as ConnectorContext;
  return {
    audiences: module.get(Audiences),
    computedTraits: module.get(ComputedTraits),
    profiles: module.get(Profiles),
    membership: module.get(Membership),
    store: module.get(ProfileStore),
    chores: module.get(Chores),
    connection,
    get: (type) => module.get(type),
    async push(object, records, run = 'run_1') {
      const { [object]: definition } = await objectsOf(connector, ctx);
      const from = { connection: 'con_shop', stream: object };
      const rows = records.map(({ op = 'upsert', key, ...record }, seq): PushRow => {
        const id = (key ?? record.id ?? seq) as string | number;
        return { op: op as PushRow['op'], key: `${id}`, at: '2024-05-01T00:00:00Z', seq, record };
      });
      return definition?.push({ ...ctx, mode: 'upsert', batchId: 'b', run, from }, rows) ?? [];
    },
    async read(name, state) {
      const stream = (await streamsOf(connector, ctx))[name];
      const until = new Date(Date.now() + 1_000).toISOString();
      const pages: Page[] = [];
      const context = { ...ctx, slice: wholeStream, until, state } as ReadContext;
      for await (const page of stream?.read?.(context) ?? []) pages.push(page);
      return pages;
    },
    async close() {
      await module.close();
      await dropTestDatabase(testServices());
    },
  };
}
