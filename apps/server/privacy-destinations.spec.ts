import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { startReceiver, testServices, type Receiver } from '#tools/testing';
import { ApiClient, type RunView } from '../cli/index.ts';
import { endedRun } from './testing/ended-run.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Destination {
  sync: string;
  syncName: string;
  rows: number;
  deleted: number;
  byHand: number;
}

interface Sent {
  op: string;
  record: Record<string, unknown>;
}

const ann = 'email:ann@example.com';
const columns = 'id,email,first_name,news\n';
const bob = '2,bob@example.com,Bob,granted\n';
const two = `1,ann@example.com,Ann,granted\n3,annie@example.com,Annie,granted\n`;
const one = `1,ann@example.com,Ann,granted\n3,ann@example.com,Annie,granted\n`;

/** Other systems got Ann otherwise than by a stream of profiles, and before two people became one in her. */
describe('other systems that have somebody who is erased', () => {
  let server: TestServer;
  let api: ApiClient;
  let database: mongo.MongoClient;
  const receivers = new Map<string, Receiver>();

  beforeAll(async () => {
    server = await startTestServer();
    api = new ApiClient({ url: server.url, key: server.adminKey });
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    await receives('crm', 'id');
    await receives('sender', 'profile');
    await receives('greeter', 'id');
    await people(two);
    const config = { path: 'people.csv', key: ['id'] };
    await api.put('/api/connections/people', { name: 'People', connector: 'file', config });
    await api.put('/api/audiences/named', { condition: { field: 'traits.firstName', is: 'exists' } });
    await until(async () => (await api.get<{ state: string }>('/api/audiences/named')).state === 'ready');
    await api.put('/api/triggers/welcome', {
      on: { entersAudience: 'named' },
      do: { handOver: { connection: 'greeter', object: 'rows', mapping: { id: 'id', email: 'identities.email' } } },
    });
    const names = { 'identities.email': 'email', 'identities.user': 'id' };
    const consent = { channel: { value: 'email' }, purpose: { value: 'marketing' }, state: 'news' };
    await sync('people', ['people', 'rows'], ['profiles', 'profile'], { ...names, 'traits.firstName': 'first_name' });
    await sync('consents', ['people', 'rows'], ['profiles', 'consent'], { ...names, ...consent });
    for (const slug of ['people', 'consents']) await run(slug);
  });
  afterAll(async () => {
    for (const receiver of receivers.values()) receiver.close();
    await database.close();
    await server.close();
  });

  async function receives(slug: string, key: string): Promise<void> {
    const receiver = await startReceiver();
    receivers.set(slug, receiver);
    const config = { url: receiver.url, key: [key] };
    await api.put(`/api/connections/${slug}`, { name: slug, connector: 'webhook', config });
  }
  const people = (rows: string): Promise<void> => writeFile(join(server.folder, 'people.csv'), columns + rows + bob);
  const sync = (slug: string, [connection, stream]: string[], [to, object]: string[], mapping: object) =>
    api.put(`/api/syncs/${slug}`, {
      ...{ name: slug, from: { connection, stream }, to: { connection: to, object }, mapping },
    });
  const run = async (slug: string): Promise<void> => {
    const ended = await endedRun(api, await api.post<RunView>(`/api/syncs/${slug}/runs`, {}));
    expect([slug, ended.state, ended.error]).toEqual([slug, 'succeeded', undefined]);
  };
  const sent = (slug: string): Sent[] =>
    (receivers.get(slug)?.received ?? []).flatMap(({ body }) => (JSON.parse(body) as { data: Sent[] }).data);
  const named = (slug: string, field: string): string[] =>
    sent(slug)
      .map(({ op, record }) => `${op} ${String(record[field]).split('|')[0]}`)
      .sort();
  const idOf = async (identity: string): Promise<string> =>
    (await api.post<{ id: string }>('/api/profiles/lookup', { identity })).id;

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await delay(50);
  }

  /** Waiting times pass at once. */
  async function erased(): Promise<Destination[]> {
    const { id } = await api.post<{ id: string }>('/api/privacy/requests', { kind: 'erase', identity: ann });
    const passed = { notBefore: new Date(), 'steps.$[].doneAt': new Date(Date.now() - 3_600_000) };
    for (;;) {
      await database.db().collection('privacy_requests').updateMany({ open: true }, { $set: passed });
      const { state, destinations } = await api.get<{ state: string; destinations: Destination[] }>(
        `/api/privacy/requests/${id}`,
      );
      if (state === 'done') return destinations;
      await delay(100);
    }
  }

  it('are named before, and told to delete, what came of entries into audiences, of mails and of triggers', async () => {
    await sync('changes', ['profiles', 'audience-changes'], ['crm', 'rows'], { id: 'id', name: 'traits.firstName' });
    await until(async () => {
      await run('changes');
      return sent('crm').length >= 3;
    });
    const source = '<p>Hi {{firstName}}</p><a href="{{unsubscribeUrl}}">Leave</a>';
    await api.put('/api/templates/news', { name: 'News', subject: 'Hi', source });
    await api.post('/api/templates/news/publish', {});
    await api.post('/api/preflights', { template: 'news', version: 1 });
    const gate = '/api/templates/news/gate?version=1';
    await until(async () => (await api.get<{ state: string }>(gate)).state === 'passed');
    await api.put('/api/connections/mails', { name: 'Mails', connector: 'mails', config: { template: 'news' } });
    await sync('mails', ['mails', 'mail'], ['sender', 'rows'], { profile: 'profile', to: 'to' });
    await run('mails');
    await until(() => Promise.resolve(sent('greeter').length === 3));

    const profiles = await Promise.all([ann, 'email:annie@example.com'].map(idOf));
    await people(one);
    await run('people');
    expect(await idOf('user:3')).toBe(await idOf('user:1'));
    const reach = await api.post<{ destinations: Destination[] }>('/api/privacy/requests/dry-run', { identity: ann });
    const expected = [
      ['changes', 2],
      ['mails', 2],
      ['trigger:welcome', 2],
    ];
    expect(reach.destinations.map(({ syncName, rows }) => [syncName, rows]).sort()).toEqual(expected);

    for (const receiver of receivers.values()) receiver.received.splice(0);
    const told = await erased();
    expect(told.map(({ syncName, deleted }) => [syncName, deleted]).sort()).toEqual(expected);
    const deletions = profiles.map((profile) => `delete ${profile}`).sort();
    expect(named('crm', 'id')).toEqual(deletions);
    expect(named('sender', 'profile')).toEqual(deletions);
    expect(named('greeter', 'id')).toEqual(deletions);
  });
});
