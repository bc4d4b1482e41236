import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dropTestDatabase, testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

/** From one real server to another, by a folder. */
describe('configuration as code', () => {
  let work: string;
  let staging: TestServer;
  let production: TestServer;
  const { mongodbUri, dbName, prefix } = testServices();
  const second = { mongodbUri: mongodbUri.replace(dbName, `${dbName}_2`), redisPrefix: `${prefix}2` };
  const folder = (...names: string[]): string => join(work, 'config', ...names);

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-config-'));
    staging = await startTestServer({ processes: ['api'] });
    production = await startTestServer({ processes: ['api'], ...second });
    for (const server of [staging, production])
      await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
    await configure(staging);
  });

  afterAll(async () => {
    await staging?.close();
    await production?.close();
    await dropTestDatabase(second);
    await rm(work, { recursive: true, force: true });
  });

  const millrace = (server: TestServer, args: string[], env: Record<string, string> = {}): Promise<CliResult> =>
    runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: server.adminKey, ...env });

  it('exports without secrets, and the same twice', async () => {
    expect(await millrace(staging, ['export', folder()])).toMatchObject(says('24 files changed'));
    expect(await readFile(folder('connections', 'shop-db.yaml'), 'utf8')).toBe(
      [
        'kind: connection',
        'slug: shop-db',
        'connector: postgres',
        'name: Shop',
        'config:',
        '  host: db.staging.example',
        '  database: shop',
        '  user: reader',
        '  password: { $env: SHOP_DB_PASSWORD }',
        'labels: [ eu, shop ]',
        '',
      ].join('\n'),
    );
    expect(await millrace(staging, ['export', folder()])).toMatchObject(says(' 0 files changed'));
  });

  it('says all that is missing before it changes anything', async () => {
    const refused = await millrace(production, ['apply', folder()]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      `${folder('connections', 'shop-db.yaml')}:9:3 config.password refers to $env SHOP_DB_PASSWORD, which is not set.`,
    );
    expect((await production.http.get<{ data: unknown[] }>('/api/templates')).data.data).toEqual([]);
  });

  it('plans without writing, applies, and then has nothing to do', async () => {
    const secret = {
      SHOP_DB_PASSWORD: 'hunter-three',
      ON_CALL_URL: 'https://hooks.example.com/hunter',
      NEWS_AUTHORIZATION: 'hunter-news',
      NEWS_X_PLAIN: 'hunter-plain',
      BIG_SPENDER_WEBHOOK_SECRET: signingSecret,
    };
    const plan = await millrace(production, ['apply', folder(), '--plan'], secret);
    expect(plan).toMatchObject({ code: 2, stdout: expect.stringContaining('17 to create, 2 to change') as unknown });
    expect(plan.stdout).toContain('config.password from $env SHOP_DB_PASSWORD');
    expect(await production.http.get('/api/connections/shop-db')).toMatchObject({ status: 404 });

    const applied = await millrace(production, ['apply', folder()], secret);
    expect([applied.code, applied.stderr.match(/created [\w-]+ [\w-]+/g)]).toEqual([
      0,
      [
        'created connection people-file',
        'created connection shop-db',
        'created source shop-web',
        'created event-schema order-completed',
        'created computed-trait spent',
        'created audience spenders',
        'created strings pt-br',
        'created feed news',
        'created block zeta',
        'created block aside',
        'created template draft',
        'created template welcome',
        'created sync collected-events',
        'created sync people',
        'created trigger big-spender',
        'created alert-channel on-call',
        'created alert-rule imports',
      ],
    ]);
    expect(`${plan.stdout}${applied.stdout}${applied.stderr}`).not.toContain('hunter');
    expect(await millrace(production, ['apply', folder(), '--plan'])).toMatchObject(says('19 unchanged'));
    expect(await millrace(production, ['apply', folder()], secret)).toMatchObject(says('19 unchanged'));
    expect((await production.http.get('/api/syncs/people')).data).toMatchObject({ revision: 1 });
    expect((await production.http.get('/api/tracking-settings')).data).toMatchObject({
      hosts: ['shop.example.com', '*.example.org'],
      days: 90,
      keepVisitors: false,
    });
    expect((await production.http.get('/api/templates/welcome')).data).toMatchObject({ published: 1 });
    expect((await production.http.get('/api/blocks/aside')).data).toMatchObject({ published: 1, blocks: ['zeta'] });
    expect((await production.http.get('/api/feeds/news')).data).toMatchObject({
      headersSet: ['Authorization', 'X-Plain'],
      revision: 1,
    });
    expect((await production.http.get('/api/sources/shop-web')).data).toMatchObject({ writeKeys: [] });
  });

  it('keeps a feed’s header whose value is not set here, beside one that changes', async () => {
    const file = folder('feeds', 'news.yaml');
    const plan = await millrace(production, ['apply', file, '--plan'], { NEWS_X_PLAIN: 'other' });
    expect([plan.code, plan.stdout]).toEqual([2, expect.stringContaining('headers.X-Plain from $env NEWS_X_PLAIN')]);
    expect(plan.stdout).not.toContain('Authorization');
  });

  it('is exported from there as it was', async () => {
    const [here, there] = [await millrace(staging, ['export']), await millrace(production, ['export'])];
    expect(there).toEqual(here);
    expect(here.stdout).toContain('kind: template\nslug: welcome\n');
    expect(here.stdout).toContain('preflight:\n  blanks: 0.005\n');
  });

  it('plans and applies exactly what was changed', async () => {
    const edit = async (name: string[], from: string, to: string): Promise<void> => {
      await writeFile(folder(...name), (await readFile(folder(...name), 'utf8')).replace(from, to));
    };
    await edit(['connections', 'shop-db.yaml'], 'host: db.staging.example', 'host: { $env: SHOP_DB_HOST }');
    await edit(['syncs', 'people.yaml'], 'every: 1h', 'every: 2h');
    await edit(['templates', 'welcome.html'], '<p>Hi</p>', '<p>Hi</p>\n<p>New</p>');
    const env = { SHOP_DB_HOST: 'db.production.example', SHOP_DB_PASSWORD: 'hunter-three' };
    const { code, stdout } = await millrace(production, ['apply', folder(), '--plan'], env);
    expect([code, stdout.split('\n')]).toEqual([
      2,
      [
        '~ change connection shop-db',
        '    config.host another value from $env SHOP_DB_HOST',
        '    config.password from $env SHOP_DB_PASSWORD',
        '~ change template welcome',
        '    source',
        '      @ line 2',
        '      + <p>New</p>',
        '~ change sync people',
        '    schedule.every "1h" → "2h"',
        '0 to create, 3 to change, 0 to remove, 16 unchanged.',
        '',
      ],
    ]);
    const told = expect.stringContaining('host was changed.') as unknown; // what the server says of another address
    expect(await millrace(production, ['apply', folder()], env)).toMatchObject({ code: 0, stderr: told });
    expect((await production.http.get('/api/connections/shop-db')).data).toMatchObject({
      revision: 2,
      config: { host: 'db.production.example' },
    });
    expect((await production.http.get('/api/templates/welcome')).data).toMatchObject({ published: 2 });
    expect(await millrace(production, ['apply', folder(), '--plan'], env)).toMatchObject(says('19 unchanged'));
  });

  it('keeps a folder’s references when it is exported to again', async () => {
    expect((await millrace(production, ['export', folder()])).code).toBe(0);
    expect(await readFile(folder('connections', 'shop-db.yaml'), 'utf8')).toContain('host: { $env: SHOP_DB_HOST }');
  });

  it('tells that a secret would be another, not which', async () => {
    const env = { SHOP_DB_HOST: 'db.production.example', SHOP_DB_PASSWORD: 'hunter-four' };
    const { code, stdout } = await millrace(production, ['apply', folder(), '--plan'], env);
    expect([code, stdout]).toEqual([2, expect.stringContaining('config.password from $env SHOP_DB_PASSWORD')]);
    expect(stdout).not.toContain('hunter');
  });

  it('sees a rotated secret of an alert channel', async () => {
    const env = { SHOP_DB_HOST: 'db.production.example', ON_CALL_URL: 'https://hooks.example.com/hunter-two' };
    const { code, stdout } = await millrace(production, ['apply', folder(), '--plan'], env);
    expect([code, stdout]).toEqual([2, expect.stringContaining('config.url from $env ON_CALL_URL')]);
    expect(stdout).toContain('0 to create, 1 to change');
  });

  it('leaves what an operator paused', async () => {
    await production.http.patch('/api/syncs/people', { paused: true });
    const file = folder('syncs', 'people.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('nightly', 'hourly'));
    const env = { SHOP_DB_HOST: 'db.production.example' };
    expect(await millrace(production, ['apply', folder()], env)).toMatchObject({ code: 0 });
    expect((await production.http.get('/api/syncs/people')).data).toMatchObject({ paused: true, labels: ['hourly'] });
  });

  it('has nothing to do for an endless stream that says nothing of consumers, or one', async () => {
    const file = join(work, 'stream.yaml');
    const connection = 'kind: connection\nslug: hooks\nconnector: standard-webhooks\n';
    const config = `config: { signingSecrets: [{ $env: SIGNING_SECRET }] }\n`;
    const sync = 'kind: sync\nslug: hooks\nname: Hooks\nfrom: { connection: hooks, stream: events }\npaused: true\n';
    const to = 'to: { connection: landing, object: row }\n';
    const write = (more: string) => writeFile(file, `${connection}${config}---\n${sync}${to}${more}`);
    await write('');
    expect(
      await millrace(production, ['apply', file, '--as', 'hooks'], { SIGNING_SECRET: signingSecret }),
    ).toMatchObject({ code: 0 });
    expect(await millrace(production, ['apply', file, '--plan'])).toMatchObject(says('0 to change'));
    await write('consumers: 1\n');
    expect(await millrace(production, ['apply', file, '--plan'])).toMatchObject(says('0 to change'));
    await write('consumers: 2\n');
    expect((await millrace(production, ['apply', file])).stdout).toContain('consumers 2');
    await write('');
    expect((await millrace(production, ['apply', file])).stdout).toContain('consumers 2 → nothing');
    expect((await production.http.get('/api/syncs/hooks')).data).toMatchObject({ consumers: 1 });
    await production.http.delete('/api/syncs/hooks');
    await production.http.delete('/api/connections/hooks');
  });

  it('changes nothing with a key that may not', async () => {
    const { data } = await production.http.post<{ key: string }>('/api/keys', { name: 'mails', role: 'marketer' });
    const file = join(work, 'two.yaml');
    const template = 'kind: template\nslug: more\nname: More\nsubject: More\nsource: <p>More</p>\n';
    const sync = 'kind: sync\nslug: people\nname: Other\nfrom: { connection: people-file, stream: rows }\n';
    await writeFile(file, `${template}---\n${sync}to: { connection: profiles, object: profile }\n`);
    const refused = await millrace(production, ['apply', file], { MILLRACE_KEY: data.key });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('needs the role operator')]);
    expect(await production.http.get('/api/templates/more')).toMatchObject({ status: 404 });
  });

  it('removes only what it made under the same name, and asks', async () => {
    const [one, two] = [join(work, 'one.yaml'), join(work, 'both.yaml')];
    const connection = (slug: string): string =>
      `kind: connection\nslug: ${slug}\nconnector: file\nconfig: { path: people.csv }\n`;
    await writeFile(one, connection('kept'));
    await writeFile(two, `${connection('kept')}---\n${connection('going')}`);
    expect(await millrace(production, ['apply', two, '--as', 'files'])).toMatchObject({ code: 0 });
    expect(await millrace(production, ['apply', two, '--plan', '--prune', '--as', 'files'])).toMatchObject(
      says('0 to remove, 2 unchanged'),
    );
    const prune = ['apply', one, '--prune', '--as', 'files'];
    expect(await millrace(production, [...prune, '--plan'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^- remove connection going\n0 to create, 0 to change, 1 to remove/) as unknown,
    });
    expect((await millrace(production, prune)).stderr).toContain('Give --yes');
    expect((await millrace(production, [...prune, '--yes'])).code).toBe(0);
    const { data } = await production.http.get<{ data: { id: string; slug?: string }[] }>('/api/connections');
    const builtIn = ['collect', 'landing', 'profiles'];
    expect(data.data.map(({ id, slug }) => slug ?? id).sort()).toEqual(
      [...builtIn, 'kept', 'people-file', 'shop-db'].sort(),
    );
  });

  it('removes syncs before what they run after', async () => {
    const file = join(work, 'chain.yaml');
    const connection = 'kind: connection\nslug: chain\nconnector: file\nconfig: { path: people.csv, key: [id] }\n';
    const sync = (slug: string, more = ''): string =>
      `kind: sync\nslug: ${slug}\nname: x\nfrom: { connection: chain, stream: rows }\nto: { connection: landing, object: row }\n${more}`;
    const last = sync('a-last', 'schedule: { after: m-middle }\n');
    const middle = sync('m-middle', 'schedule: { after: z-first }\n');
    await writeFile(file, [connection, last, middle, sync('z-first')].join('---\n'));
    expect(await millrace(production, ['apply', file, '--as', 'chain'])).toMatchObject({ code: 0 });
    await writeFile(file, connection);
    const pruned = await millrace(production, ['apply', file, '--prune', '--yes', '--as', 'chain']);
    expect([pruned.code, pruned.stderr.match(/removed [\w-]+ [\w-]+/g)]).toEqual([
      0,
      ['removed sync a-last', 'removed sync m-middle', 'removed sync z-first'],
    ]);
    await production.http.delete('/api/connections/chain');
  });

  it('takes a secret whose variable is empty for one that is not set, as CI gives those that it does not have', async () => {
    const file = join(work, 'empty.yaml');
    const hook = 'kind: alert-channel\nslug: signed\ntype: webhook\n';
    await writeFile(file, `${hook}config: { url: https://hooks.example.com/x, secret: { $env: HOOK_SECRET } }\n`);
    const apply = (secret: string) => millrace(production, ['apply', file], { HOOK_SECRET: secret });
    expect(await apply('')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('$env HOOK_SECRET, which is not') as unknown,
    });
    expect(await apply(signingSecret)).toMatchObject({ code: 0 });
    expect(await apply('')).toMatchObject(says('1 unchanged'));
    expect((await production.http.get('/api/alerts/channels/signed')).data).toMatchObject({ secretsSet: ['secret'] });
    await production.http.delete('/api/alerts/channels/signed');
  });

  it('gives slugs to what has none', async () => {
    await production.http.post('/api/templates', { name: 'Ohne Kürzel', subject: 'x', source: 'x' });
    const { stderr } = await millrace(production, ['export']);
    expect(stderr).toContain('template "Ohne Kürzel" as ohne-kurzel');
    expect(await millrace(production, ['export', '--set-slugs'])).toMatchObject({ code: 0, stderr: '' });
    expect((await production.http.get('/api/templates/ohne-kurzel')).data).toMatchObject({ name: 'Ohne Kürzel' });
  });

  it('stops where the server refuses, and says what is done and what is not', async () => {
    const file = join(work, 'half.yaml');
    const yaml = (stream: string): string =>
      [
        'kind: connection\nslug: late\nconnector: file\nconfig: { path: people.csv, key: [id] }\n',
        `kind: sync\nslug: late\nname: x\nfrom: { connection: late, stream: ${stream} }\nto: { connection: landing, object: row }\n`,
        'kind: alert-channel\nslug: late\ntype: webhook\nconfig: { url: https://hooks.example.com/x }\n',
      ].join('---\n');
    await writeFile(file, yaml('nowhere')); // which only the connection knows, once it is there
    const { code, stderr } = await millrace(production, ['apply', file]);
    const said = 'Done: connection late. Not done: sync late, alert-channel late.';
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
    await writeFile(file, yaml('rows'));
    expect((await millrace(production, ['apply', file])).stdout).toContain('2 to create, 0 to change');
  });
});

const signingSecret = `whsec_${Buffer.from('the hunter of thirty-two bytes..').toString('base64')}`;

const says = (stdout: string) => ({ code: 0, stdout: expect.stringContaining(stdout) as unknown, stderr: '' });

async function configure({ http }: TestServer): Promise<void> {
  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await http.put<unknown>(path, body);
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(data)}`);
  };
  await put('/api/connections/shop-db', {
    name: 'Shop',
    connector: 'postgres',
    config: { host: 'db.staging.example', database: 'shop', user: 'reader', password: 'hunter-two' },
    labels: ['shop', 'eu'],
  });
  await put('/api/connections/people-file', { connector: 'file', config: { path: 'people.csv', key: ['id'] } });
  const sync = {
    name: 'People',
    from: { connection: 'people-file', stream: 'rows' },
    to: { connection: 'profiles', object: 'profile' },
    mapping: { 'identities.email': 'email | trim | lower' },
  };
  await put('/api/syncs/people', { ...sync, schedule: { every: '1h' }, labels: ['nightly'] });
  await put('/api/computed-traits/spent', { from: 'orders', calculate: 'sum', field: 'total', within: '90d' });
  await put('/api/audiences/spenders', { condition: { field: 'computed.spent', is: 'atLeast', value: 100 } });
  await put('/api/triggers/big-spender', {
    on: { entersAudience: 'spenders' },
    do: { webhook: { url: 'https://hooks.example.com/spender', secret: signingSecret } },
  });
  await put('/api/alerts/channels/on-call', {
    type: 'slack',
    config: { url: 'https://hooks.example.com/hunter-hook' },
  });
  await put('/api/alerts/rules/imports', {
    on: { failed: true, privacyDue: true },
    ...{ syncs: ['people'], to: ['on-call'], repeat: null },
  });
  await put('/api/content-settings', { defaultLocale: 'de' });
  await put('/api/tracking-settings', { hosts: ['shop.example.com', '*.example.org'], days: 90 });
  await put('/api/strings/pt-BR', { texts: { hi: 'Olá' } });
  const headers = { Authorization: 'hunter-feed', 'X-Plain': 'hunter-x' };
  await put('/api/feeds/news', {
    name: 'News',
    url: 'https://news.example.com/?c={{city}}',
    headers,
    fallback: { a: [] },
  });
  await put('/api/blocks/zeta', { name: 'Z', source: '<p>z</p>\n', params: [{ name: 'text', default: 'x' }] });
  const gold = {
    name: 'gold',
    when: { field: 'traits.tier', is: 'equals', value: 'gold' },
    source: '<b>{{> zeta}}</b>',
  };
  await put('/api/blocks/aside', { name: 'A', source: '{{> zeta}}\n', variants: [gold] });
  await http.post('/api/blocks/zeta/publish');
  await http.post('/api/blocks/aside/publish');
  await put('/api/sources/shop-web', { name: 'Shop, web', origins: ['https://shop.example.com'] });
  const schema = { type: 'object', properties: { total: { type: 'number' } } };
  await put('/api/event-schemas/Order%20Completed', { schema, onViolation: 'warn' });
  const welcome = { name: 'Welcome', subject: 'Hi {{firstName}}', source: '<p>Hi</p>\n' };
  await put('/api/templates/welcome', { ...welcome, preflight: { blanks: 0.005 } });
  await http.post('/api/templates/welcome/publish');
  await put('/api/templates/draft', { name: 'Draft', subject: 'Later', source: '<p>Later</p>', text: 'Later' });
}
