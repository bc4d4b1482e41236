import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';

const leftOut =
  'Left out, for this key may not read them: identity-policy, retention-policy, source-priorities, source, event-schema.\n';
const template = 'kind: template\nslug: welcome\nname: Welcome\nsubject: Hello\nsource: <p>Hello</p>\n';
const source = 'kind: source\nslug: web\nname: Web\n';

/** Some kinds are read by operators only: what a marketer may do goes on without them. */
describe('configuration as code with the key of a marketer', () => {
  let work: string;
  let server: TestServer;
  let key: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-marketer-'));
    server = await startTestServer({ processes: ['api'] });
    key = (await server.http.post<{ key: string }>('/api/keys', { name: 'mails', role: 'marketer' })).data.key;
    await server.http.put('/api/sources/web', { name: 'Web' });
  });
  afterAll(async () => {
    await server?.close();
    await rm(work, { recursive: true, force: true });
  });

  const millrace = (...args: string[]): Promise<CliResult> =>
    runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: key });
  const written = async (...documents: string[]): Promise<string> => {
    const file = join(work, 'config.yaml');
    await writeFile(file, documents.join('---\n'));
    return file;
  };
  const isStored = async (): Promise<boolean> => (await server.http.get('/api/templates/welcome')).status === 200;

  it('refuses files of what it may not read before anything is written', async () => {
    const { code, stderr } = await millrace('apply', await written(template, source));
    expect([code, stderr]).toEqual([
      1,
      `${leftOut}${join(work, 'config.yaml')}:7:1 This key may not read source on the server, and so not apply it. Use one with the role operator.\nNothing was changed.\n`,
    ]);
    expect(await isStored()).toBe(false);
  });

  it('applies templates, and exports them into a folder whose other files stay', async () => {
    const file = await written(template);
    expect(await millrace('apply', file, '--plan')).toMatchObject({ code: 2, stderr: leftOut });
    expect(await millrace('apply', file)).toMatchObject({ code: 0 });
    expect(await isStored()).toBe(true);
    expect(await millrace('apply', file, '--plan')).toMatchObject({ code: 0, stderr: leftOut });

    const folder = await mkdtemp(join(work, 'export-'));
    await writeFile(join(folder, 'web.yaml'), source);
    expect(await millrace('export', folder)).toMatchObject({ code: 0, stderr: leftOut });
    expect(await readdir(folder)).not.toContain('sources');
    expect(await readFile(join(folder, 'web.yaml'), 'utf8')).toBe(source);
    expect(await readFile(join(folder, 'templates/welcome.html'), 'utf8')).toBe('<p>Hello</p>');
  });

  it('prunes nothing, for it does not see all that there is', async () => {
    const owned = ['--as', 'mails'];
    const other = template.replace('welcome', 'other');
    expect(await millrace('apply', await written(template, other), ...owned)).toMatchObject({ code: 0 });
    const { code, stderr } = await millrace('apply', await written(template), ...owned, '--prune', '--yes');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/--prune takes a key that may read all kinds; this one may not read identity-policy, /),
    ]);
    expect(await server.http.get('/api/templates/other')).toMatchObject({ status: 200 });
  });
});
