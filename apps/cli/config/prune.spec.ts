import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

const kept = 'kind: computed-trait\nslug: kept\nfrom: orders\ncalculate: count\n';
const block = 'kind: block\nslug: footer\nname: Footer\nsource: <p>Bye</p>\n';
const all = [
  'kind: connection\nslug: shop\nconnector: file\nconfig: { path: people.csv, key: [id] }\n',
  'kind: source\nslug: web\nname: Web\n',
  'kind: event-schema\nslug: paid\nevent: Order Paid\nschema: { type: object }\nonViolation: warn\n',
  'kind: computed-trait\nslug: money-spent\nfrom: orders\ncalculate: sum\nfield: total\n',
  'kind: audience\nslug: spenders\ncondition: { field: computed.moneySpent, is: atLeast, value: 100 }\n',
  'kind: strings\nslug: pt-br\ntexts: { hi: Olá }\n',
  'kind: feed\nslug: news\nname: News\nurl: https://news.example.com/\n',
  block,
  'kind: block\nslug: aside\nname: Aside\nsource: "{{> footer}}"\n',
  `kind: template\nslug: welcome\nname: Welcome\nsubject: '{{t "hi"}}'\nsource: "{{feeds.news.title}}{{> aside}}"\n`,
  'kind: sync\nslug: people\nname: People\nfrom: { connection: shop, stream: rows }\nto: { connection: landing, object: row }\n',
  'kind: trigger\nslug: big\non: { entersAudience: spenders }\ndo: { sync: people }\n',
  'kind: alert-channel\nslug: ops\ntype: webhook\nconfig: { url: https://hooks.example.com/x }\n',
  'kind: alert-rule\nslug: imports\non: { failed: true }\nsyncs: [people]\nto: [ops]\n',
];

/** What an apply made in a name, and no file describes any more, goes: of every kind, and nothing else. */
describe('pruning', () => {
  let work: string;
  let server: TestServer;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-prune-'));
    server = await startTestServer({ processes: ['api'] });
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });

  const apply = async (documents: string[], ...args: string[]): Promise<CliResult> => {
    const file = join(work, 'config.yaml');
    await writeFile(file, documents.join('---\n'));
    return runCli(['apply', file, '--as', 'shop', ...args], {
      MILLRACE_URL: server.url,
      MILLRACE_KEY: server.adminKey,
    });
  };

  const noted = async (): Promise<string[]> => {
    const { data } = await server.http.get<{ data: { path: string }[] }>('/api/managed-resources?owner=shop');
    return data.data.map(({ path }) => path);
  };

  it('refuses while something else uses what would go, and says what', async () => {
    await server.http.put('/api/feeds/by-hand', { name: 'By hand', url: 'https://news.example.com/' });
    expect(await apply([kept, ...all])).toMatchObject({ code: 0 });
    const hand = { name: 'By hand', subject: 'x', source: '{{> footer}}{{computed.moneySpent}}' };
    await server.http.put('/api/templates/by-hand', hand);
    await server.http.put('/api/triggers/by-hand', {
      on: { entersAudience: 'spenders' },
      do: { webhook: { url: 'https://hooks.example.com/x' } },
    });
    const { code, stderr } = await apply([kept], '--prune', '--plan');
    expect([code, stderr.split('\n')]).toEqual([
      1,
      [
        '--prune cannot remove audience spenders: it is used by trigger by-hand. Change that first.',
        '--prune cannot remove block footer: it is used by template by-hand. Change that first.',
        '--prune cannot remove computed-trait money-spent: it is used by template by-hand. Change that first.',
        'Nothing was changed.',
        '',
      ],
    ]);
    await server.http.delete('/api/templates/by-hand');
    await server.http.delete('/api/triggers/by-hand');
  });

  it('refuses where a file still uses what none describes, at its place', async () => {
    const { code, stderr } = await apply(
      all.filter((one) => one !== block),
      '--prune',
      '--plan',
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('uses the block "footer", which no file describes any more and --prune would remove.'),
    ]);
  });

  it('tells what goes, in which order and why, and removes just that', async () => {
    const plan = await apply([kept], '--prune', '--plan');
    expect([plan.code, plan.stdout.split('\n')]).toEqual([
      2,
      [
        '- remove alert-rule imports',
        '- remove alert-channel ops',
        '    after alert-rule imports, which uses it',
        '- remove trigger big',
        '- remove sync people',
        '    after trigger big, alert-rule imports, which use it',
        '- remove template welcome',
        '- remove block aside',
        '    after template welcome, which uses it',
        '- remove block footer',
        '    after block aside, which uses it',
        '- remove feed news',
        '    after template welcome, which uses it',
        '- remove strings pt-br',
        '    after template welcome, which uses it',
        '- remove audience spenders',
        '    after trigger big, which uses it',
        '- remove computed-trait money-spent',
        '    after audience spenders, which uses it',
        '- remove event-schema order-paid (Order Paid)',
        '- remove source web',
        '- remove connection shop',
        '    after sync people, which uses it',
        '0 to create, 0 to change, 14 to remove, 1 unchanged.',
        'Only on the server: content-settings default, tracking-settings default, feed by-hand, sync collected-events.',
        '',
      ],
    ]);
    const pruned = await apply([kept], '--prune', '--yes');
    expect([pruned.code, pruned.stderr.match(/removed [\w-]+ [\w-]+/g)?.length]).toEqual([0, 14]);
    expect((await apply([kept], '--prune', '--plan')).stdout).toContain('0 to remove, 1 unchanged');
  });

  it('takes what was removed and made again by somebody else for theirs', async () => {
    expect(await apply([kept, block])).toMatchObject({ code: 0 });
    await server.http.delete('/api/blocks/footer');
    await server.http.put('/api/blocks/footer', { name: 'Footer', source: 'x' });
    expect((await apply([kept], '--prune', '--plan')).stdout).toMatch(
      /0 to remove[^]*Only on the server:[^]*block footer/,
    );
  });

  it('forgets what is removed by who says that it is no rehearsal, and what is made in nobody’s name', async () => {
    await server.http.delete('/api/blocks/footer?force=true');
    expect(await apply([kept, block])).toMatchObject({ code: 0 });
    await server.http.delete('/api/blocks/footer?rehearse=false');
    expect(await noted()).toEqual(['/api/computed-traits/kept']);
    expect(await apply([kept, block])).toMatchObject({ code: 0 });
    const client = await new mongo.MongoClient(testServices().mongodbUri).connect();
    await client.db().collection('blocks').deleteMany({}); // as if its process had died before it forgot
    await client.close();
    await server.http.put('/api/blocks/footer', { name: 'Footer', source: 'x' });
    expect(await noted()).toEqual(['/api/computed-traits/kept']);
  });

  it('leaves what was there before and is named alike but for the case of its letters, and shows the words', async () => {
    const ours = 'kind: trait\nslug: pay\ntrait: Salary\ntitle: Salary\n';
    await server.http.put('/api/traits/salary', { sensitive: true });
    expect(await apply([kept, ours])).toMatchObject({ code: 0 });
    const { stdout } = await apply([kept], '--prune', '--plan');
    expect(stdout.split('\n').filter((line) => line.startsWith('-'))).toEqual(['- remove trait salary (Salary)']);
    expect(await apply([kept], '--prune', '--yes')).toMatchObject({ code: 0 });
    expect((await server.http.get('/api/traits/salary')).data).toMatchObject({ name: 'salary', sensitive: true });
    expect(await noted()).toEqual(['/api/computed-traits/kept']);
  });

  it('leaves what somebody made by a name that an apply has used, and removes what that apply made', async () => {
    const mail = 'kind: template\nslug: hello\nname: Hello\nsubject: Hi\nsource: <p>Hi</p>\n';
    expect(await apply([kept, mail])).toMatchObject({ code: 0 });
    const { id } = (await server.http.get<{ id: string }>('/api/templates/hello')).data;
    const body = { name: 'Hello', subject: 'Hi', source: '<p>Hi</p>' };
    await server.http.put(`/api/templates/${id}`, { ...body, slug: 'hello-old' });
    await server.http.post('/api/templates', { ...body, slug: 'hello', name: 'By hand' });
    expect(await apply([kept], '--prune', '--yes')).toMatchObject({ code: 0 });
    expect((await server.http.get('/api/templates/hello')).data).toMatchObject({ name: 'By hand' });
    expect(await server.http.get('/api/templates/hello-old')).toMatchObject({ status: 404 });
    await server.http.delete('/api/templates/hello');
  });

  it('goes by what former versions have noted, unless that may be either of two', async () => {
    const client = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const book = client.db().collection<{ _id: string; [field: string]: unknown }>('managed_resources');
    const former = (list: string, name: string, ...names: string[]) =>
      book.insertOne({ _id: `${list}/${name}`, list, names: [name, ...names], owner: 'shop', at: new Date() });
    for (const name of ['Alone', 'Twin', 'twin']) await server.http.put(`/api/traits/${name}`, { title: name });
    for (const name of ['alone', 'twin']) await former('/api/traits', name);
    await server.http.put('/api/blocks/old', { name: 'Old', source: 'x' });
    await former('/api/blocks', 'old', 'blk_x');
    await client.close();
    expect((await apply([kept], '--prune', '--plan')).stdout.match(/remove .*/g)).toEqual([
      'remove block old',
      'remove trait alone (Alone)',
    ]);
    for (const path of ['blocks/old', 'traits/Alone', 'traits/Twin/', 'traits/twin'])
      await server.http.delete(`/api/${path}`);
    expect(await noted()).toEqual(['/api/computed-traits/kept']);
  });

  it.each(['event-schemas', 'sources', 'alerts/channels', 'alerts/rules', 'triggers'])(
    'lets whoever removes things of several kinds force all of them, though of %s nothing is to force',
    async (kind) => {
      const { status, data } = await server.http.delete<{ code: string }>(`/api/${kind}/nothing?force=true`);
      expect([status, data.code]).toEqual([404, 'not_found']);
    },
  );

  it('asks nothing to be noted in a name that is none, and does not take a rehearsal for a removal', async () => {
    const header = { headers: { 'millrace-managed-by': 'a b' } };
    const refused = await server.http.put('/api/blocks/x', { name: 'X', source: 'x' }, header);
    expect(refused).toMatchObject({ status: 400, data: { code: 'bad_request' } });
    expect(await server.http.delete('/api/computed-traits/kept?rehearse=true')).toMatchObject({ status: 204 });
    expect(await server.http.get('/api/computed-traits/kept')).toMatchObject({ status: 200 });
    expect(await noted()).toEqual(['/api/computed-traits/kept']);
    const audit = await server.http.get<{ data: { path: string }[] }>('/api/audit?resource=computed-traits&limit=1');
    expect(audit.data.data[0]).toMatchObject({ path: '/api/computed-traits/kept?rehearse=true' });
  });
});
