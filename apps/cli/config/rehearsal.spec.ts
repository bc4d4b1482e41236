import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

/** What the server would refuse of each kind is told before the first change, so that an apply does not stop half-way. */
describe('plans rehearse every kind', () => {
  let work: string;
  let server: TestServer;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-rehearsal-'));
    server = await startTestServer({ processes: ['api'] });
    await server.http.put('/api/blocks/footer', { name: 'Footer', source: '<p>Bye</p>', params: [{ name: 'text' }] });
    await server.http.put('/api/sources/shop', { name: 'Shop' });
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });

  const millrace = (args: string[], env: Record<string, string> = {}): Promise<CliResult> =>
    runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: server.adminKey, ...env });
  const configOf = async (...documents: string[]): Promise<string> => {
    const file = join(work, 'config.yaml');
    await writeFile(file, documents.join('---\n'));
    return file;
  };
  const plan = async (...documents: string[]): Promise<CliResult> =>
    millrace(['apply', await configOf(...documents), '--plan']);

  it.each([
    'kind: sync\nslug: a\nname: A\nfrom: { connection: { $env: WORD }, stream: x }\nto: { connection: profiles, object: profile }\n',
    'kind: connection\nslug: a\nconnector: { $env: WORD }\n',
    'kind: audience\nslug: a\ncondition: { field: { $env: WORD }, is: present }\n',
  ])('says nothing of what the variables of a job are (%#)', async (document) => {
    const { code, stdout, stderr } = await millrace(['apply', await configOf(document), '--plan'], { WORD: 's3cr3t' });
    expect([code, stdout + stderr]).toEqual([1, expect.not.stringContaining('s3cr3t')]);
  });

  it('tells all at once of what is wrong with each alone', async () => {
    const { code, stderr } = await plan(
      block('card', '"{{#if a}}"'),
      block('gold', 'x', 'variants: [{ name: gold, when: { all: [] }, source: x }]\n'),
      'kind: audience\nslug: spenders\ncondition: { field: computed.spent, is: atLeast, value: 1 }\n',
      'kind: computed-trait\nslug: total\nfrom: orders\ncalculate: sum\n',
      'kind: computed-trait\nslug: proto\ntrait: constructor\nfrom: orders\ncalculate: count\n',
      'kind: strings\nslug: a\ntexts: { a: b }\n',
      'kind: event-schema\nslug: a\nevent: A\nschema: { type: objekt }\nonViolation: warn\n',
      'kind: source\nslug: web\nname: Web\norigins: [nowhere]\n',
      'kind: tracking-settings\nslug: default\nhosts: ["not a host"]\n',
      'kind: content-settings\nslug: default\ndefaultLocale: "?"\n',
    );
    for (const [first, said] of [
      [1, 'if'],
      [6, 'all'],
      [12, 'there is no computed trait "spent"'],
      [16, 'field'],
      [21, 'constructor'],
      [27, '"a" is no locale'],
      [31, 'schema'],
      [37, 'origin'],
      [42, 'hosts'],
      [46, 'defaultLocale'],
    ] as const)
      expect(stderr).toMatch(new RegExp(`config\\.yaml:${first}:1 [^\\n]*${said}`));
    expect([code, stderr.split('\n').length]).toEqual([1, 12]);
    expect(stderr).toContain('Nothing was changed.');
  });

  it('tells all at once of what does not fit together, or could not be published', async () => {
    const { code, stderr } = await plan(
      block('a', '"{{> futer}}"'),
      block('card', 'x', 'params: [{ name: title }]\n'),
      block('draft', '"{{> footer}}"', 'publish: true\n'),
      template('no-block', '"{{> aside}}"'),
      template('no-parameter', `"{{> card titel='x'}}"`),
      template('unpublished', '"{{> footer}}"', 'publish: true\n'),
      template('broken', `"<a href='javascript:x()'>x</a>"`, 'publish: true\n'),
      template('fine', `"{{> footer text='x'}}"`),
    );
    for (const [first, said] of [
      [1, 'There is no block "futer". Did you mean "footer"?'],
      [12, 'The block "footer" was never published'],
      [18, 'There is no block "aside"'],
      [24, 'has no parameter "titel". Did you mean "title"?'],
      [30, 'The block "footer" was never published'],
      [37, 'javascript:x'],
    ] as const)
      expect(stderr).toMatch(new RegExp(`config\\.yaml:${first}:1 [^\\n]*${said.replaceAll('?', '\\?')}`));
    expect([code, stderr.split('\n').length]).toEqual([1, 8]);
  });

  it('takes what needs what the same files bring, and applies it', async () => {
    const documents = [
      'kind: computed-trait\nslug: money-spent\nfrom: orders\ncalculate: sum\nfield: total\n',
      'kind: audience\nslug: spenders\ncondition: { field: computed.moneySpent, is: atLeast, value: 100 }\n',
      block('footer', '"<p>{{word}}</p>"', 'params: [{ name: word }]\npublish: true\n'),
      block('card', `"<b>{{title}}</b>{{> footer word='x'}}"`, 'params: [{ name: title }]\npublish: true\n'),
      template('welcome', `"{{> card title='x'}}{{> footer word='y'}}"`, 'publish: true\n'),
      'kind: strings\nslug: pt-br\ntexts: { hi: Olá }\n',
      'kind: source\nslug: shop\nname: Shop\norigins: ["https://shop.example.com"]\n',
      'kind: event-schema\nslug: paid\nevent: Order Paid\nschema: { type: object }\nonViolation: warn\n',
    ];
    expect(await plan(...documents)).toMatchObject({ code: 2, stderr: '' });
    expect(await server.http.get('/api/templates/welcome')).toMatchObject({ status: 404 });
    expect(await millrace(['apply', join(work, 'config.yaml')])).toMatchObject({ code: 0 });
    expect(await plan(...documents)).toMatchObject({ code: 0 });
  });

  it('says what it could not ask about, as long as that is so', async () => {
    const connection = 'kind: connection\nslug: files\nname: Files\nconnector: file\nconfig: { path: nobody.csv }\n';
    const sync = `kind: sync\nslug: shop\nname: Shop\nfrom: { connection: files, stream: rows }\nto: { connection: profiles, object: profile }\nmapping: { identities.email: id }\n`;
    const unsure = 'not rehearsed: whether connection files, which these files make or change, has what this names';
    const first = await plan(connection, sync);
    expect([first.code, first.stdout.split(unsure).length - 1]).toEqual([2, 1]);
    await plan(connection);
    const told = await millrace(['apply', join(work, 'config.yaml')]);
    expect(told).toMatchObject({ code: 0, stdout: expect.not.stringContaining('not rehearsed') as unknown });
    expect(await plan(connection, sync)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody.csv') as unknown,
    });
  });
});

function block(slug: string, source: string, more = ''): string {
  return `kind: block\nslug: ${slug}\nname: Block\nsource: ${source}\n${more}`;
}

function template(slug: string, source: string, more = ''): string {
  return `kind: template\nslug: ${slug}\nname: Welcome\nsubject: Hi\nsource: ${source}\n${more}`;
}
