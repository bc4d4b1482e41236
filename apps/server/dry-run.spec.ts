import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mongoose';
import { testServices } from '#tools/testing';
import type { DryRowView, RunView } from '../cli/index.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

/** Who asked, what is noted of earlier runs a little later, and what processes do by themselves meanwhile. */
const elsewhere = /^(audit|keys|paces|run_log|processes|quality_schedules|migrations|refolds|\w*leases)/;

describe('a dry run', () => {
  let server: TestServer;
  let mongo: Connection;

  beforeAll(async () => {
    server = await startTestServer();
    mongo = await createConnection(testServices().mongodbUri).asPromise();
  });

  afterAll(async () => {
    await mongo.close();
    await server.close();
  });

  const people = (lines: string[]): Promise<void> =>
    writeFile(
      join(server.folder, 'people.csv'),
      ['id,email,city,updated', ...lines.map((line) => `${line},2026-01-01`), ''].join('\n'),
    );

  const stored = async (): Promise<Record<string, unknown[]>> => {
    const collections = (await mongo.db?.collections()) ?? [];
    const contents = await Promise.all(
      collections
        .filter(({ collectionName }) => !elsewhere.test(collectionName))
        .map(async (one) => [one.collectionName, await one.find().sort({ _id: 1 }).toArray()] as const),
    );
    return Object.fromEntries(contents);
  };

  const ended = async (id: string): Promise<RunView> => {
    for (;;) {
      const { data } = await server.http.get<RunView>(`/api/runs/${id}`);
      if (!['queued', 'running'].includes(data.state)) return data;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('tells each row as a difference to what is there today, and writes nothing', async () => {
    await people(['1,ann@x.com,Oslo', '2,bob@x.com,Rome']);
    const file = {
      slug: 'people',
      name: 'People',
      connector: 'file',
      config: { path: join(server.folder, 'people.csv') },
    };
    expect((await server.http.post('/api/connections', file)).status).toBe(201);
    const sync = {
      slug: 'people',
      name: 'People',
      from: { connection: 'people', stream: 'rows', key: ['id'], cursor: 'updated' },
      read: 'full',
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email', 'identities.customer_id': 'id', 'traits.city': 'city' },
    };
    expect((await server.http.post('/api/syncs', sync)).status).toBe(201);
    const { data: run } = await server.http.post<{ id: string }>('/api/syncs/people/runs');
    expect(await ended(run.id)).toMatchObject({ state: 'succeeded', ledger: { written: 2 } });

    await people(['1,ann@x.com,Bergen', '2,bob@x.com,Rome', '3,eve@x.com,Paris', '4,not an address,Paris']);
    const before = await stored();
    const { data: answer } = await server.http.post<{ data: DryRowView[] }>('/api/syncs/dry-run', { sync: 'people' });
    expect(await stored()).toEqual(before);

    expect(answer.data.map(({ fate, changes }) => [fate, changes?.profile?.change])).toEqual([
      ['mapped', 'update'],
      ['mapped', 'unchanged'],
      ['mapped', 'create'],
      ['rejected', 'rejected'],
    ]);
    expect(answer.data[0]?.changes?.profile?.differences).toEqual([
      { field: 'traits.city', before: 'Oslo', after: 'Bergen' },
    ]);
    expect(answer.data[2]?.changes?.profile?.differences).toEqual([
      { field: 'identities', after: ['customer_id:3', 'email:eve@x.com'] },
      { field: 'traits.city', after: 'Paris' },
    ]);
    expect(answer.data[3]).toMatchObject({ code: 'invalid_identity', message: expect.any(String) });
  });
});
