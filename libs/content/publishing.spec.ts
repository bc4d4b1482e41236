import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { AxiosInstance } from 'axios';
import type { Collection, Connection } from 'mongoose';
import { Mentions, type Preview } from './index.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

interface Stored {
  _id: string;
}

let content: ContentApp;
let http: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
  const identities = { email: 'ann@example.com' };
  await content.load('profile', { identities, traits: { firstName: 'Ann' } });
  await content.load('consent', { identities, channel: 'email', purpose: 'marketing', state: 'denied' });
});
afterAll(() => content.close());

const collection = (name: string): Collection<Stored> =>
  content.app.get<Connection>(getConnectionToken()).collection<Stored>(name);
const mail = (subject: string) => ({ name: 'News', subject, source: '<a href="{{unsubscribeUrl}}">Unsubscribe</a>' });

async function put(path: string, body: object): Promise<void> {
  const { status, data } = await http.put<unknown>(path, body);
  expect({ data, ok: status < 300 }).toMatchObject({ ok: true });
}

/** The version that publishing gives, and the one that counts as the newest then. */
async function published(path: string): Promise<[number, number | null]> {
  const { data, status } = await http.post<{ version: number }>(`${path}/publish`);
  expect({ status, data }).toMatchObject({ status: 200 });
  return [data.version, (await http.get<{ published: number | null }>(path)).data.published];
}

/** Meanwhile MongoDB refuses drafts that say that version 2 is their newest. */
async function whileUnnoted(drafts: string, work: () => Promise<unknown>): Promise<void> {
  const { db } = content.app.get<Connection>(getConnectionToken());
  await db?.command({ collMod: drafts, validator: { published: { $lt: 2 } } });
  try {
    await work();
  } finally {
    await db?.command({ collMod: drafts, validator: {} });
  }
}

describe.each([
  ['template', '/api/templates/news', 'templates', mail],
  ['block', '/api/blocks/foot', 'blocks', (source: string) => ({ name: 'Foot', source })],
])('a %s whose publication broke off', (_, path, drafts, saying) => {
  it('is as it was, and is published by the next one', async () => {
    await put(path, saying('One'));
    expect(await published(path)).toEqual([1, 1]);
    await put(path, saying('Two'));
    await whileUnnoted(drafts, async () => {
      expect(await http.post(`${path}/publish`)).toMatchObject({ status: 500 });
    });
    expect((await http.get(path)).data).toMatchObject({ published: 1 });
    expect((await http.get(`${path}/versions`)).data).toMatchObject({ data: [{ version: 1 }] });
    expect(await published(path)).toEqual([2, 2]);
  });

  it('is mended where only the version had been written', async () => {
    await collection(drafts).updateMany({}, { $set: { published: 1 } });
    expect(await published(path)).toEqual([2, 2]);
  });
});

describe('publishing a block', () => {
  it('makes no version of a draft that nobody has looked at', async () => {
    const path = '/api/blocks/seen';
    const publish = (revision: number) =>
      http.post<unknown>(`${path}/publish`, {}, { headers: { 'if-match': `"${revision}"` } });
    await put(path, { name: 'Seen', source: 'mine' });
    await put(path, { name: 'Seen', source: 'theirs' });
    expect(await publish(1)).toMatchObject({ status: 409, data: { code: 'conflict', details: { revision: 2 } } });
    expect((await http.get(path)).data).toMatchObject({ published: null });
    expect(await publish(2)).toMatchObject({ status: 200, data: { version: 1, source: 'theirs' } });
  });
});

describe('publishing what is removed at that moment', () => {
  it.each([
    ['/api/templates/gone', 'template_versions', mail],
    ['/api/blocks/gone', 'block_versions', (source: string) => ({ name: 'Foot', source })],
  ])('leaves no version behind: %s', async (path, versions, saying) => {
    const others = await collection(versions).countDocuments({});
    for (let round = 0; round < 15; round++) {
      await put(path, saying('One'));
      await Promise.all([http.post(`${path}/publish`), http.delete(path)]);
      await http.delete(path);
    }
    expect(await collection(versions).countDocuments({})).toBe(others);
  });
});

describe('a version', () => {
  const path = '/api/templates/to-whom';
  const allowed = async (version: number): Promise<unknown> => {
    const mailed = { template: 'to-whom', version, identity: 'ann@example.com' };
    return (await http.post<Preview>('/api/preview', mailed)).data.permission;
  };
  const versions = async (): Promise<unknown> => (await http.get<{ data: unknown }>(`${path}/versions`)).data.data;
  const declaring = async (purpose: string): Promise<string[]> =>
    (await content.app.get(Mentions).ofPurpose(purpose)).map(({ id }) => id);

  it('goes to whom it was published for, whatever becomes of the draft', async () => {
    await put(path, mail('One'));
    await published(path);
    await put(path, { ...mail('One'), purpose: 'transactional' });
    expect(await allowed(1)).toMatchObject({ allowed: false, purpose: 'marketing' });
    expect(await declaring('marketing')).toContain('to-whom');
    expect(await published(path)).toEqual([2, 2]);
    expect(await allowed(1)).toMatchObject({ allowed: false, purpose: 'marketing' });
    expect(await allowed(2)).toMatchObject({ allowed: true, purpose: 'transactional' });
    expect(await versions()).toMatchObject([{ purpose: 'transactional', channel: 'email' }, { purpose: 'marketing' }]);
    expect(await declaring('marketing')).not.toContain('to-whom');
  });

  it('of before that was kept goes by its draft, until that gets another purpose', async () => {
    await put(path, { ...mail('Old'), purpose: 'transactional' });
    expect(await published(path)).toEqual([3, 3]);
    await collection('template_versions').updateMany({}, { $unset: { channel: 1, purpose: 1 } });
    await collection('templates').updateMany({}, { $unset: { publishedPurpose: 1 } });
    expect(await published(path)).toEqual([3, 3]); // the same is no other version for that
    expect(await allowed(3)).toMatchObject({ allowed: true, purpose: 'transactional' });
    await put(path, mail('Old'));
    expect(await allowed(3)).toMatchObject({ allowed: true, purpose: 'transactional' });
    expect(await declaring('transactional')).toContain('to-whom');
    expect(await published(path)).toEqual([4, 4]);
    expect(await allowed(4)).toMatchObject({ allowed: false, purpose: 'marketing' });
  });
});
