import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

const trigger = 'kind: trigger\nslug: unsigned\non: { event: Order Completed }\n';
const auditRule = 'kind: audit-rule\nslug: no-city\ntitle: People of no city\nof: profile\nfault: missing\n';
const feed = 'kind: feed\nslug: news\nname: News\nurl: https://news.example.com/\n';

/** What a plan says is what apply does, and then there is nothing left to do. */
describe('plans tell the truth', () => {
  let work: string;
  let server: TestServer;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-plan-'));
    server = await startTestServer({ processes: ['api'] });
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });

  const millrace = (args: string[], env: Record<string, string> = {}): Promise<CliResult> =>
    runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: server.adminKey, ...env });
  const written = async (text: string): Promise<string> => {
    const file = join(work, 'config.yaml');
    await writeFile(file, text);
    return file;
  };

  it.each([
    ['an event schema whose slug is the file’s own', `${eventSchema('my-order')}onViolation: reject\n`],
    ['settings whose slug is the file’s own', 'kind: tracking-settings\nslug: links\ndays: 30\n'],
    ['settings that leave all to the defaults', 'kind: content-settings\nslug: default\n'],
    ['how long data is kept', 'kind: retention-policy\nslug: changes\nof: audienceChange\ndays: 90\nenabled: false\n'],
    ['an audit rule', `${auditRule}when: { field: traits.city, is: missing }\n`],
    ['a built-in audit rule', 'kind: audit-rule\nslug: order-total\ntolerance: 0.1\n'],
    ['a built-in audit rule that is as it was', 'kind: audit-rule\nslug: email-malformed\n'],
    ['a trigger whose webhook is not signed', `${trigger}do: { webhook: { url: https://hooks.example.com/x } }\n`],
  ])('has nothing to do after an apply: %s', async (_, yaml) => {
    await server.http.put('/api/content-settings', { defaultLocale: 'de' });
    const file = await written(yaml);
    expect(await millrace(['apply', file])).toMatchObject({ code: 0 });
    expect(await millrace(['apply', file, '--plan'])).toMatchObject(unchanged);
  });

  it('says what settings that a file leaves out become', async () => {
    await server.http.put('/api/content-settings', { defaultLocale: 'de' });
    const plan = await millrace(['apply', await written('kind: content-settings\nslug: default\n'), '--plan']);
    expect(plan.stdout).toContain('defaultLocale "de" → "en"');
  });

  it('says that settings are made where nobody has set them yet', async () => {
    const documents = [
      'kind: retention-policy\nslug: order\nof: order\ndays: 90\nenabled: false\n',
      'kind: source-priorities\nslug: default\npriorities: { collect: 3 }\n',
    ];
    const { stdout } = await millrace(['apply', await written(documents.join('---\n')), '--plan']);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      '+ create retention-policy order',
      '    days 90',
      '+ create source-priorities default',
      '    priorities.collect 3',
      '2 to create, 0 to change, 0 to remove, 0 unchanged.',
    ]);
  });

  it.each([
    [
      'how long data is kept',
      '/api/privacy/retention/event',
      { days: 400, enabled: false },
      'kind: retention-policy\nslug: event\nof: event\ndays: 90\nenabled: true\n',
      ['~ change retention-policy event', 'days 400 → 90', 'enabled false → true'],
    ],
    [
      'a built-in audit rule',
      '/api/audit-rules/order-total',
      { enabled: false, severity: 'info', tolerance: 0.2 },
      'kind: audit-rule\nslug: order-total\ntolerance: 0.1\nseverity: info\n',
      ['~ change audit-rule order-total', 'enabled false → nothing', 'tolerance 0.2 → 0.1'],
    ],
    [
      'an audit rule',
      '/api/audit-rules/no-city',
      { title: 'People', of: 'profile', fault: 'missing', when: { field: 'traits.city', is: 'missing' }, tolerance: 1 },
      `${auditRule}when: { field: traits.city, is: missing }\n`,
      ['~ change audit-rule no-city', 'tolerance 1 → 0', 'title "People" → "People of no city"'],
    ],
  ])('shows field by field what becomes of %s', async (_, path, body, yaml, lines) => {
    expect((await server.http.put(path, body)).status).toBeLessThan(300);
    const file = await written(yaml);
    const { code, stdout } = await millrace(['apply', file, '--plan']);
    const shown = stdout.split('\n').map((line) => line.trim());
    expect([
      code,
      shown.slice(
        0,
        shown.findIndex((line) => line.startsWith('0 to create')),
      ),
    ]).toEqual([2, lines]);
    expect(await millrace(['apply', file])).toMatchObject({ code: 0 });
    expect(await millrace(['apply', file, '--plan'])).toMatchObject(unchanged);
  });

  it.each([
    ['settings', 'kind: content-settings\nslug: a\n', 'kind: content-settings\nslug: b\n'],
    ['an event', `${eventSchema('a')}onViolation: warn\n`, `${eventSchema('b')}onViolation: reject\n`],
  ])('refuses two documents of the same: %s', async (_, one, other) => {
    const { code, stderr } = await millrace(['apply', await written(`${one}---\n${other}`)]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is described in') as unknown]);
  });

  it('leaves a feed’s headers that a file does not speak of, and says which are removed', async () => {
    const headers = { NEWS_KEY: 'hunter', NEWS_PLAIN: 'x' };
    const both = 'headers: { Authorization: { $env: NEWS_KEY }, X-Plain: { $env: NEWS_PLAIN } }\n';
    const headersSet = async (): Promise<unknown> =>
      (await server.http.get<{ headersSet: unknown }>('/api/feeds/news')).data.headersSet;
    expect(await millrace(['apply', await written(feed + both)], headers)).toMatchObject({ code: 0 });
    expect(await millrace(['apply', await written(feed)])).toMatchObject(unchanged);

    const one = await written(`${feed}headers: { Authorization: { $env: NEWS_KEY } }\n`);
    expect((await millrace(['apply', one, '--plan'])).stdout).toContain('headers.X-Plain removed');
    expect(await millrace(['apply', one])).toMatchObject({ code: 0 });
    expect(await headersSet()).toEqual(['Authorization']);

    const none = await written(`${feed}headers: {}\n`);
    expect((await millrace(['apply', none])).stdout).toContain('headers.Authorization removed');
    expect(await headersSet()).toEqual([]);
    expect(await millrace(['apply', none, '--plan'])).toMatchObject(unchanged);
  });

  it('publishes a template anew for another purpose', async () => {
    const receipt = (purpose: string): string =>
      `kind: template\nslug: receipt\nname: Receipt\nsubject: Hi\npurpose: ${purpose}\npublish: true\nsource: "<p>x</p>"\n`;
    const published = async (): Promise<unknown> =>
      (await server.http.get<{ data: unknown[] }>('/api/templates/receipt/versions?limit=1')).data.data[0];
    expect(await millrace(['apply', await written(receipt('service'))])).toMatchObject({ code: 0 });
    const other = await written(receipt('transactional'));
    expect(await millrace(['apply', other])).toMatchObject({ code: 0 });
    expect(await published()).toMatchObject({ version: 2, purpose: 'transactional' });
    expect(await millrace(['apply', other, '--plan'])).toMatchObject(unchanged);
  });

  it('takes limits of preflights away that a file does not speak of, and says so', async () => {
    const plain = 'kind: template\nslug: limited\nname: Limited\nsubject: Hi\nsource: "<p>x</p>"\n';
    const found = async (): Promise<unknown> => (await server.http.get('/api/templates/limited/preflight-limits')).data;
    expect(await millrace(['apply', await written(`${plain}preflight: { blanks: 0 }\n`)])).toMatchObject({ code: 0 });
    expect(await found()).toMatchObject({ blanks: 0 });
    const file = await written(plain);
    expect((await millrace(['apply', file])).stdout).toContain('preflight.blanks');
    expect(await found()).toMatchObject({ blanks: 0.01 });
    expect(await millrace(['apply', file, '--plan'])).toMatchObject(unchanged);
  });

  const connection = (config: string): string =>
    `kind: connection\nslug: people-file\nconnector: file\nconfig: ${config}\n`;
  const sync = (more: string, stream = 'people'): string =>
    `kind: sync\nslug: people\nname: People\nfrom: { connection: people-file, stream: ${stream} }\n` +
    `to: { connection: profiles, object: profile }\n${more}`;
  const mapping = 'mapping: { identities.email: email }\n';
  const config = (): string => `{ path: ${JSON.stringify(join(server.folder, 'people.csv'))} }`;

  it.each([
    [
      'a sync with a bad mapping',
      () => `${connection(config())}---\n${sync('mapping: { identities.email: "email | shout" }\n')}`,
      'shout',
    ],
    [
      'a sync with a bad cron',
      () => `${connection(config())}---\n${sync(`${mapping}schedule: { cron: "61 * * * *" }\n`)}`,
      '61 * * * *',
    ],
    [
      'a template with a syntax error',
      () => 'kind: template\nslug: t\nname: T\nsubject: Hi\nsource: "{{#if a}}"\n',
      'if',
    ],
    [
      'an alert rule about nothing',
      () =>
        'kind: alert-rule\nslug: r\non: {}\nto: [ops]\n---\nkind: alert-channel\nslug: ops\ntype: webhook\nconfig: { url: https://hooks.example.com/x }\n',
      '`on` must name at least one of',
    ],
    [
      'an audit rule of nothing',
      () => 'kind: audit-rule\nslug: of-nothing\nenabled: false\n',
      'A rule of your own needs title, of and fault.',
    ],
    [
      'a built-in audit rule with another title',
      () => 'kind: audit-rule\nslug: order-total\ntitle: Totals\n',
      'of which title stays as it is',
    ],
    [
      'a kind of data that is not kept',
      () => 'kind: retention-policy\nslug: people\nof: profile\ndays: 90\nenabled: true\n',
      'There is no such kind of data. There are: event, order',
    ],
    [
      'an unknown field of how long data is kept',
      () => 'kind: retention-policy\nslug: event\nof: event\nday: 90\nenabled: true\n',
      'day is no field here. Did you mean "days"?',
    ],
    [
      'priorities of nobody',
      () => 'kind: source-priorities\nslug: default\npriorities: { nobody: 1 }\n',
      'There is no connection "nobody"',
    ],
    [
      'a priority that is no number',
      () => 'kind: source-priorities\nslug: default\npriorities: { profiles: high }\n',
      'priorities.profiles must be integer',
    ],
    [
      'an alert rule of an unknown kind',
      () => 'kind: alert-rule\nslug: r\non: { exploded: true }\nto: []\n',
      'on.exploded is no field here',
    ],
  ])('tells, before anything is applied, of %s', async (_, yaml, said) => {
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
    const plan = await millrace(['apply', await written(yaml()), '--plan']);
    expect([plan.code, plan.stderr]).toEqual([1, expect.stringContaining(said) as unknown]);
    expect(plan.stderr).toContain('Nothing was changed.');
  });

  it('tells of a stream that is not there; not where its connection is made, or changed, by the same files', async () => {
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
    const both = await written(`${connection(config())}---\n${sync(mapping, 'rows')}`);
    expect(await millrace(['apply', both, '--plan'])).toMatchObject({ code: 2, stderr: '' });
    expect(await server.http.get('/api/syncs/people')).toMatchObject({ status: 404 });
    expect(await millrace(['apply', await written(connection(config()))])).toMatchObject({ code: 0 });

    const plan = await millrace(['apply', await written(sync(mapping, 'nowhere')), '--plan']);
    expect([plan.code, plan.stderr]).toEqual([1, expect.stringContaining('no stream "nowhere"') as unknown]);
    const changed = `${connection(config())}labels: [new]\n---\n${sync(mapping, 'nowhere')}`;
    expect(await millrace(['apply', await written(changed), '--plan'])).toMatchObject({ code: 2 });
  });

  it('exports to the file that describes it, with the slug that it has there', async () => {
    const folder = await mkdtemp(join(work, 'export-'));
    const file = join(folder, 'orders.yaml');
    const text = `${eventSchema('orders')}onViolation: reject\n`;
    await writeFile(file, text);
    expect(await millrace(['apply', file])).toMatchObject({ code: 0 });
    expect(await millrace(['export', folder])).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(file, 'utf8')).toContain('slug: orders\n');
    expect(await millrace(['apply', folder, '--plan'])).toMatchObject({ code: 0 });
  });

  it('plans no change of what the server knows no slug of, and says how it gets one', async () => {
    await server.http.post('/api/sources', { name: 'Corner shop' });
    const source = 'kind: source\nslug: corner-shop\nname: Corner shop\n';
    expect(await millrace(['apply', await written(source), '--plan'])).toMatchObject(unchanged);
    const file = await written(`${source}origins: [https://corner.example.com]\n`);
    const { code, stderr } = await millrace(['apply', file, '--plan']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('export --set-slugs') as unknown]);
    expect(await millrace(['export', '--set-slugs'])).toMatchObject({ code: 0 });
    expect(await millrace(['apply', file])).toMatchObject({ code: 0 });
    const { data } = await server.http.get<{ data: object[] }>('/api/sources');
    expect(data.data).toMatchObject([{ slug: 'corner-shop', origins: ['https://corner.example.com'] }]);
  });
});

const unchanged = { code: 0, stdout: expect.stringContaining('0 to create, 0 to change, 0 to remove, 1 unchanged') };
function eventSchema(slug: string): string {
  return `kind: event-schema\nslug: ${slug}\nevent: Order Completed\nschema: { type: object }\n`;
}
