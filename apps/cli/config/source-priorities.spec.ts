import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

/** The server names connections by ids, which stay when they are removed; files name those that there are, by slug. */
describe('source priorities and audit rules in files', () => {
  let work: string;
  let server: TestServer;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-priorities-'));
    server = await startTestServer({ processes: ['api'] });
    await writeFile(join(server.folder, 'p.csv'), 'id\n1\n');
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });
  beforeEach(async () => {
    for (const slug of ['shop', 'crm']) await server.http.delete(`/api/connections/${slug}`);
    await server.http.delete('/api/audit-rules/mine');
    await server.http.put('/api/source-priorities', { priorities: {} });
  });

  const millrace = (args: string[], key = server.adminKey): Promise<CliResult> =>
    runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: key });
  const written = async (...documents: string[]): Promise<string> => {
    const file = join(work, 'config.yaml');
    await writeFile(file, documents.join('---\n'));
    return file;
  };
  const idOf = async (slug: string): Promise<string> =>
    (await server.http.get<{ id: string }>(`/api/connections/${slug}`)).data.id;
  const stored = async (): Promise<{ priorities: object; revision: number }> =>
    (await server.http.get<{ priorities: object; revision: number }>('/api/source-priorities')).data;

  it('name connections that the same files bring, and show each priority', async () => {
    const all = [connection('shop'), connection('crm'), priorities('{ shop: 10, crm: -5 }'), rule('[crm, shop]')];
    const plan = await millrace(['apply', await written(...all), '--plan']);
    expect([plan.code, plan.stderr]).toEqual([2, '']);
    expect((await stored()).priorities).toEqual({});
    expect(await millrace(['apply', await written(...all)])).toMatchObject({ code: 0 });
    const [shop, crm] = [await idOf('shop'), await idOf('crm')];
    expect((await stored()).priorities).toEqual({ [shop]: 10, [crm]: -5 });
    expect((await server.http.get('/api/audit-rules/mine')).data).toMatchObject({ connections: [crm, shop] });
    expect(await millrace(['apply', await written(...all), '--plan'])).toMatchObject(
      says('0 to change, 0 to remove, 4 unchanged'),
    );

    const other = await written(priorities('{ crm: { $env: UNSET, default: 7 } }'));
    const { stdout } = await millrace(['apply', other]);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      '~ change source-priorities default',
      '    priorities.crm another value from $env UNSET',
      '    priorities.shop 10 → nothing',
    ]);
    expect((await stored()).priorities).toEqual({ [crm]: 7 });
  });

  it('are exported by slug, in one order, and only where somebody has set them', async () => {
    expect(await millrace(['apply', await written(connection('shop'), connection('crm'))])).toMatchObject({ code: 0 });
    const [shop, crm] = [await idOf('shop'), await idOf('crm')];
    for (const both of [
      { [shop]: 1, [crm]: 2 },
      { [crm]: 2, [shop]: 1 },
    ]) {
      await server.http.put('/api/source-priorities', { priorities: {} });
      await server.http.put('/api/source-priorities', { priorities: both });
      const folder = await mkdtemp(join(work, 'export-'));
      expect(await millrace(['export', folder])).toMatchObject({ code: 0, stderr: '' });
      expect(await readFile(join(folder, 'source-priorities/default.yaml'), 'utf8')).toBe(
        'kind: source-priorities\nslug: default\npriorities:\n  crm: 2\n  shop: 1\n',
      );
    }
    await server.http.patch('/api/audit-rules/order-total', { enabled: false });
    await server.http.put('/api/privacy/retention/event', { days: 90, enabled: false });
    const { stdout } = await millrace(['export']);
    expect(stdout.match(/kind: (retention-policy|audit-rule)\n[^-]*[^]*?(?=---|$)/g)).toEqual([
      'kind: retention-policy\nslug: event\ndays: 90\nenabled: false\nof: event\n',
      'kind: audit-rule\nslug: order-total\nenabled: false\n',
    ]);
    await server.http.delete('/api/audit-rules/order-total');
    await server.http.delete('/api/privacy/retention/event');
    expect((await millrace(['export'])).stdout).not.toMatch(/retention-policy|audit-rule/);
  });

  it('name connections that are part of Millrace, and no strangers', async () => {
    const { status } = await server.http.put('/api/source-priorities', { priorities: { shop: 1 } });
    expect(status).toBe(400);
    const file = await written(connection('shop'), priorities('{ collect: 3, shop: 2 }'));
    expect(await millrace(['apply', file])).toMatchObject({ code: 0 });
    expect((await stored()).priorities).toEqual({ collect: 3, [await idOf('shop')]: 2 });
    expect(await millrace(['apply', file, '--plan'])).toMatchObject(says('0 to change'));
    expect((await millrace(['export'])).stdout).toContain('priorities:\n  collect: 3\n  shop: 2\n');
  });

  it('leave on the server what is said of connections that are removed', async () => {
    const all = [connection('shop'), connection('crm'), priorities('{ shop: 10, crm: 5 }'), rule('[crm, shop]')];
    expect(await millrace(['apply', await written(...all)])).toMatchObject({ code: 0 });
    const [shop, crm] = [await idOf('shop'), await idOf('crm')];
    await server.http.delete('/api/connections/shop');
    const folder = await mkdtemp(join(work, 'export-'));
    expect(await millrace(['export', folder])).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'source-priorities/default.yaml'), 'utf8')).not.toMatch(/con_|shop/);
    expect(await readFile(join(folder, 'audit-rules/mine.yaml'), 'utf8')).not.toMatch(/con_|shop/);
    expect(await millrace(['apply', folder, '--plan'])).toMatchObject(says('0 to change'));
    expect(await millrace(['apply', await written(priorities('{ crm: 6 }'), rule('[]'))])).toMatchObject({ code: 0 });
    expect((await stored()).priorities).toEqual({ [shop]: 10, [crm]: 6 });
    expect((await server.http.get('/api/audit-rules/mine')).data).toMatchObject({ connections: [shop] });
    expect(await millrace(['apply', await written(rule())])).toMatchObject({ code: 0 });
    expect((await server.http.get('/api/audit-rules/mine')).data).not.toHaveProperty('connections');
  });

  it('leave out an audit rule whose connections are all removed, for elsewhere it would look at all', async () => {
    expect(await millrace(['apply', await written(connection('shop'), rule('[shop]'))])).toMatchObject({ code: 0 });
    const former = await mkdtemp(join(work, 'export-'));
    expect(await millrace(['export', former])).toMatchObject({ code: 0, stderr: '' });
    const before = await readFile(join(former, 'audit-rules/mine.yaml'), 'utf8');
    await server.http.delete('/api/connections/shop');
    const told =
      'audit-rule mine is left out: every connection that it names is removed, and with none named it would mean all.\n';
    const { stdout, stderr } = await millrace(['export']);
    expect([stdout.includes('audit-rule'), stderr]).toEqual([false, told]);
    const again = await millrace(['export', former]);
    expect([again.code, again.stderr.split('\n').filter((line) => line.includes('mine'))]).toEqual([0, [told.trim()]]);
    expect(await readFile(join(former, 'audit-rules/mine.yaml'), 'utf8')).toBe(before);
    await rm(join(former, 'connections'), { recursive: true });
    expect(await millrace(['apply', former])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no connection "shop"') as unknown,
    });
  });

  it('are not written over where somebody else has set them meanwhile', async () => {
    expect(await millrace(['apply', await written(connection('shop'), priorities('{ shop: 1 }'))])).toMatchObject({
      code: 0,
    });
    const { revision } = await stored();
    const put = (headers: object, query = '') =>
      server.http.put(`/api/source-priorities${query}`, { priorities: { con_1: 3 } }, { headers: { ...headers } });
    expect(await put({ 'if-match': `"${revision - 1}"` })).toMatchObject({ status: 409, data: { code: 'conflict' } });
    expect(await put({ 'if-match': `"${revision - 1}"` }, '?rehearse=true')).toMatchObject({ status: 409 });
    expect(await put({ 'if-match': `"${revision}"` }, '?rehearse=true')).toMatchObject({ status: 204 });
    expect((await stored()).revision).toBe(revision);
    expect(await put({ 'if-match': `"${revision}"` })).toMatchObject({
      status: 200,
      data: { revision: revision + 1 },
    });
  });

  it('keep a connection that they name from being pruned', async () => {
    const owned = ['--as', 'names'];
    const changed = [
      'kind: audit-rule\nslug: order-total\nenabled: false\n',
      'kind: retention-policy\nslug: event\nof: event\ndays: 90\nenabled: false\n',
    ];
    const all = [connection('shop'), connection('crm'), priorities('{ shop: 10 }'), rule('[crm]'), ...changed];
    expect(await millrace(['apply', await written(...all), ...owned])).toMatchObject({ code: 0 });
    await server.http.put('/api/audit-rules/by-hand', { ...ruleFields, connections: ['crm'] });
    const { code, stderr } = await millrace([
      'apply',
      await written(connection('kept')),
      ...owned,
      '--prune',
      '--plan',
    ]);
    expect([code, stderr.split('\n').slice(0, 2)]).toEqual([
      1,
      [
        '--prune cannot remove connection crm: it is used by audit-rule by-hand. Change that first.',
        '--prune cannot remove connection shop: it is used by source-priorities default. Change that first.',
      ],
    ]);
    await server.http.delete('/api/audit-rules/by-hand');
    const rest = await written(connection('kept'), priorities('{}'));
    expect((await millrace(['apply', rest, ...owned, '--prune', '--plan'])).stdout.match(/- remove .*/g)).toEqual([
      '- remove audit-rule order-total',
      '- remove audit-rule mine',
      '- remove connection shop',
      '- remove connection crm',
      '- remove retention-policy event',
    ]);
    expect(await millrace(['apply', rest, ...owned, '--prune', '--yes'])).toMatchObject({ code: 0 });
    expect(await server.http.get('/api/audit-rules/mine')).toMatchObject({ status: 404 });
    expect((await server.http.get('/api/audit-rules/order-total')).data).toMatchObject({ enabled: true, revision: 0 });
    expect((await server.http.get('/api/privacy/retention/event')).data).toMatchObject({ revision: 0 });
  });

  it('go on with the key of an operator, who may not say how long data is kept', async () => {
    const { data } = await server.http.post<{ key: string }>('/api/keys', { name: 'git', role: 'operator' });
    await server.http.put('/api/privacy/retention/order', { days: 900, enabled: false });
    const kept = (days: number): string =>
      `kind: retention-policy\nslug: order\nof: order\ndays: ${days}\nenabled: false\n`;
    const file = await written(kept(900), connection('shop'), priorities('{ shop: 2 }'), rule('[shop]'));
    expect(await millrace(['apply', file], data.key)).toMatchObject({ code: 0 });
    expect((await millrace(['export'], data.key)).stdout).toContain('of: order');
    const { code, stderr } = await millrace(['apply', await written(rule(), kept(90))], data.key);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/config\.yaml:8:1 [^\n]*needs the role admin, the key "git" has operator[^]*Nothing was/),
    ]);
    expect((await server.http.get('/api/privacy/retention/order')).data).toMatchObject({ days: 900 });
    await server.http.delete('/api/privacy/retention/order');
  });
});

const ruleFields = { title: 'Mine', of: 'profile', fault: 'missing', when: { field: 'traits.a', is: 'missing' } };

function connection(slug: string): string {
  return `kind: connection\nslug: ${slug}\nconnector: file\nconfig: { path: p.csv }\n`;
}

function priorities(fields: string): string {
  return `kind: source-priorities\nslug: default\npriorities: ${fields}\n`;
}

function rule(connections?: string): string {
  const fields = Object.entries(ruleFields).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  const limits = connections === undefined ? '' : `connections: ${connections}\n`;
  return `kind: audit-rule\nslug: mine\n${fields.join('')}${limits}`;
}

function says(text: string): object {
  return { code: 0, stdout: expect.stringContaining(text) as unknown };
}
