import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { ApiClient } from '../api/api-client.ts';
import { carryOut } from './apply/carry-out.ts';
import { checkAll } from './apply/check-all.ts';
import { planFor, type Plan } from './apply/plan.ts';
import { readDocuments } from './documents/read-documents.ts';
import { readServer } from './server/server-state.ts';

const condition = { field: 'traits.tier', is: 'equals', value: 'gold' };
const ends = { from: { connection: 'people', stream: 'rows' }, to: { connection: 'landing', object: 'row' } };

type Fields = Record<string, unknown>;

/** A kind, where it is, what may be said of one, and what documents call it by, in the order in which one needs the other. */
const kinds: [kind: string, path: string, body: (said: string) => Fields, called?: Fields][] = [
  ['trait', '/api/traits/birthDate', (owner) => ({ owner, sensitive: true }), { trait: 'birthDate' }],
  ['purpose', '/api/purposes/news', (title) => ({ title, basis: 'consent' }), { purpose: 'news' }],
  ['source', '/api/sources/shop', (name) => ({ name })],
  [
    'event-schema',
    '/api/event-schemas/Paid',
    (title) => ({ schema: { title }, onViolation: 'warn' }),
    { event: 'Paid' },
  ],
  ['connection', '/api/connections/people', (name) => ({ name, connector: 'file', config: { path: 'p.csv' } })],
  ['sync', '/api/syncs/people', (name) => ({ name, ...ends })],
  ['computed-trait', '/api/computed-traits/spent', (name) => ({ name, from: 'orders', calculate: 'count' })],
  ['audience', '/api/audiences/gold', (name) => ({ name, condition })],
  ['block', '/api/blocks/foot', (name) => ({ name, source: 'x' })],
  ['feed', '/api/feeds/news', (name) => ({ name, url: 'https://news.example.com/' })],
  ['strings', '/api/strings/de', (hi) => ({ texts: { hi } })],
  ['template', '/api/templates/hi', (name) => ({ name, subject: 'Hi', source: 'x' })],
  [
    'alert-channel',
    '/api/alerts/channels/on-call',
    (name) => ({ name, type: 'webhook', config: { url: 'https://a.example.com/' } }),
  ],
  ['alert-rule', '/api/alerts/rules/all', (name) => ({ name, on: { failed: true }, to: ['on-call'] })],
  [
    'audit-rule',
    '/api/audit-rules/mine',
    (title) => ({ title, of: 'profile', fault: 'missing', when: { field: 'traits.tier', is: 'missing' } }),
  ],
  ['trigger', '/api/triggers/gold', (name) => ({ name, on: { entersAudience: 'gold' }, do: { sync: 'people' } })],
];

/** What is always there: where it is, three things that may be said of it, and what documents call it by. */
const singles: [
  kind: string,
  path: string,
  ours: Fields,
  theirs: Fields,
  theirsAgain: Fields,
  called?: Fields & { slug?: string },
][] = [
  ['identity-policy', '/api/identity-policy', { mergeLimit: 3 }, { mergeLimit: 4 }, { mergeLimit: 5 }],
  [
    'content-settings',
    '/api/content-settings',
    { defaultLocale: 'de' },
    { defaultLocale: 'pt' },
    { defaultLocale: 'fr' },
  ],
  ['tracking-settings', '/api/tracking-settings', { days: 30 }, { days: 40 }, { days: 50 }],
  [
    'retention-policy',
    '/api/privacy/retention/event',
    { days: 30, enabled: false },
    { days: 40, enabled: false },
    { days: 50, enabled: false },
    { of: 'event' },
  ],
  [
    'audit-rule',
    '/api/audit-rules/order-total',
    { tolerance: 0.1 },
    { tolerance: 0.2 },
    { tolerance: 0.3 },
    { slug: 'order-total' },
  ],
];

/** Between looking and applying somebody else may be at it: `--plan` is read, and `--prune` asks. */
describe('an apply that was overtaken', () => {
  let work: string;
  let server: TestServer;
  let api: ApiClient;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-overtaken-'));
    server = await startTestServer({ processes: ['api'] });
    api = new ApiClient({ url: server.url, key: server.adminKey });
    await writeFile(join(server.folder, 'p.csv'), 'id\n1\n');
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });

  async function planOf(kind: string, slug: string, fields: Fields): Promise<Plan> {
    const file = join(work, `${kind}.json.yaml`);
    await writeFile(file, JSON.stringify({ kind, slug, ...fields }));
    const state = await readServer(api);
    return planFor(await checkAll(await readDocuments([file]), state, {}), state, api, {});
  }
  const present = async (path: string) => JSON.stringify((await server.http.get<object>(path)).data);

  it.each(kinds)(
    'writes over no %s that somebody else made or changed meanwhile',
    async (...[kind, path, body, called]) => {
      const plan = () => planOf(kind, path.split('/').at(-1)?.toLowerCase() ?? '', { ...called, ...body('ours') });
      const making = await plan();
      expect(making.steps.map(({ action }) => action)).toEqual(['create']);
      expect((await server.http.put(path, body('theirs'))).status).toBeLessThan(300);
      await expect(carryOut(making, api, () => undefined)).rejects.toThrow(`There is one of that name already`);
      expect(await present(path)).toContain('theirs');

      const changing = await plan();
      expect(changing.steps.map(({ action }) => action)).toEqual(['change']);
      expect((await server.http.put(path, body('theirs again'))).status).toBe(200);
      await expect(carryOut(changing, api, () => undefined)).rejects.toThrow('Somebody else changed this');
      expect(await present(path)).toContain('theirs again');

      await carryOut(await plan(), api, () => undefined);
      expect(await present(path)).toContain('ours');
    },
  );

  it.each(singles)(
    'writes over no %s that somebody else changed meanwhile',
    async (...[kind, path, ours, theirs, theirsAgain, called]) => {
      const plan = () => planOf(kind, 'default', { ...called, ...ours });
      const first = kind === 'retention-policy' ? 'create' : 'change'; // nobody has set it yet
      for (const [said, action] of [
        [theirs, first],
        [theirsAgain, 'change'],
      ] as const) {
        const changing = await plan();
        expect(changing.steps).toMatchObject([{ action }]);
        expect((await server.http.put(path, said)).status).toBeLessThan(300);
        await expect(carryOut(changing, api, () => undefined)).rejects.toThrow(/Somebody else|There is one/);
        expect((await server.http.get<Fields>(path)).data).toMatchObject(said);
      }
      await carryOut(await plan(), api, () => undefined);
      expect((await server.http.get<Fields>(path)).data).toMatchObject(ours);
    },
  );

  it.each([
    ['other ones', { blanks: 0.02 }, { blanks: 0.03 }],
    ['the usual ones', undefined, { blanks: 0.03 }],
    ['other ones, where there were none', { blanks: 0.02 }, undefined],
  ])('writes over no limits of a template that somebody else set meanwhile: %s', async (title, ours, before) => {
    const slug = title.replaceAll(/\W+/g, '-');
    const path = `/api/templates/${slug}`;
    const template = { name: 'Limited', subject: 'Hi', source: 'x' };
    await server.http.put(path, { ...template, ...(before && { preflight: before }) });
    const plan = () => planOf('template', slug, { ...template, subject: 'Ho', ...(ours && { preflight: ours }) });
    const changing = await plan();
    await server.http.put(`${path}/preflight-limits`, { blanks: 0.5 });
    await expect(carryOut(changing, api, () => undefined)).rejects.toThrow('Somebody else changed this');
    expect((await server.http.get<Fields>(path)).data).toMatchObject({ subject: 'Hi', preflight: { blanks: 0.5 } });

    await carryOut(await plan(), api, () => undefined);
    const { data } = await server.http.get<Fields>(path);
    expect([data.subject, data.preflight]).toEqual(['Ho', ours]);
    expect((await plan()).steps.map(({ action }) => action)).toEqual(['unchanged']);
  });

  it('takes no edition of limits from a document, which would be another one after each change', async () => {
    const preflight = { blanks: 0.5, edition: 1 };
    const planning = planOf('template', 'editions', { name: 'E', subject: 'Hi', source: 'x', preflight });
    await expect(planning).rejects.toThrow('preflight.edition is no field here');
  });

  it.each(kinds.filter(([kind]) => ['block', 'template'].includes(kind)))(
    'publishes no draft of a %s that somebody else saved after it',
    async (kind, path, body) => {
      const slug = path.split('/').at(-1) ?? '';
      const plan = await planOf(kind, slug, { ...body('ours, published'), source: 'ours', publish: true });
      const theirs = { ...body('theirs, unfinished'), source: 'theirs' };
      const overtaken = new ApiClient({ url: server.url, key: server.adminKey });
      overtaken.put = async <T>(...put: Parameters<ApiClient['put']>): Promise<T> => {
        const done = await api.put<T>(...put);
        await api.put(path, theirs);
        return done;
      };
      await expect(carryOut(plan, overtaken, () => undefined)).rejects.toThrow('Somebody else changed this');
      expect((await server.http.get<{ data: object[] }>(`${path}/versions`)).data.data).toEqual([]);
      expect(await present(path)).toContain('theirs, unfinished');
    },
  );
});
