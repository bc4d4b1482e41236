import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeConnector } from '../new/scaffold.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { runCli } from '../testing/run-cli.ts';

const events = join(import.meta.dirname, '..', '..', '..', 'plugins', 'cloudevents');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-try-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function connectorWith(id: string, from: string, to: string): Promise<string> {
  await writeConnector({ id, kind: 'rest', parent: folder });
  const file = join(folder, id, 'index.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  return join(folder, id);
}

describe('try', () => {
  it('names the check that a broken connector fails, and still shows rows', async () => {
    const broken = await connectorWith('broken', "'API token', description", "'', description");
    const { code, stdout } = await runCli(['try', broken, '--limit', '2']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ describes every field of its configuration\n {2}The field "token" has no title/);
    expect(stdout).toMatch(/1 check failed\.[\s\S]*2 of 2 rows, as they would arrive as profile/);
  });

  it('refuses rows that lack what the profile store needs, as that would', async () => {
    const nobody = await connectorWith('nobody', "'identities.$source': 'id',", '');
    const { stdout } = await runCli(['try', nobody]);
    expect(stdout).toMatch(/9 of 10 rows, as they would arrive as profile/);
    expect(stdout).toContain('row 9 refused identity_missing: it names nobody');
  });

  it('hides secrets that a connector gives away', async () => {
    const leaky = await connectorWith(
      'leaky',
      "http.get('/me', { signal })",
      'http.get(`/me/${http.defaults.headers.authorization}`, { signal })',
    );
    const { code, stdout, stderr } = await runCli(['try', leaky]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ connects with a good configuration/);
    expect(stdout + stderr).not.toContain('sample-token');
  });

  it('talks to the real thing, reading no more than it shows', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({ id: `c${index}`, email: 'a@b.c', updated_at: '2026' }));
    const server = await fakeServer({ 'GET /me': {}, 'GET /customers?limit=5': { data: rows, next_cursor: 'x' } });
    const real = await connectorWith('real', '', '');
    const config = join(folder, 'real.json');
    await writeFile(config, JSON.stringify({ baseUrl: server.url, token: 'real-token' }));
    const { code, stdout } = await runCli(['try', real, '--config', config, '--limit', '3']);
    const asked = new Set(server.asked.map(({ request }) => request));
    await server.close();
    expect(stdout).toMatch(/Talks to the real thing.*real\.json[\s\S]*3 of 3 rows[\s\S]*c2/);
    expect([code, [...asked]]).toEqual([0, ['GET /me', 'GET /customers?limit=5']]);
  });

  it.each([
    ['', []],
    [', with a real configuration as well', ['--config', join(events, 'fixtures', 'config.json')]],
  ])('shows what the vendor delivers by the fixtures%s', async (_, args) => {
    const { code, stdout } = await runCli(['try', events, ...args]);
    expect(stdout).toContain('✓ understands the deliveries of its vendor');
    expect(stdout).toMatch(/[1-9]\d* of \d+ rows, as they would arrive as event/);
    expect(code).toBe(0);
  });

  it.each([
    ['a folder that is not there', () => [join(folder, 'nowhere')], /There is no folder .*nowhere/],
    ['an unknown stream', () => [join(folder, 'real'), '--stream', 'orders'], /no stream "orders"\. It has: customers/],
    [
      'a bad configuration',
      () => [join(folder, 'real'), '--config', join(folder, 'empty.json')],
      /token must be a string/,
    ],
    [
      'a file that is not JSON',
      () => [join(folder, 'real'), '--config', join(folder, 'real', 'index.ts')],
      /it is not JSON/,
    ],
    ['a bad limit', () => [join(folder, 'real'), '--limit', 'many'], /whole number from 1 to 1000/],
  ])('says in a sentence what is wrong with %s', async (_, args, message) => {
    await writeFile(join(folder, 'empty.json'), '{}');
    const { code, stdout, stderr } = await runCli(['try', ...args()]);
    expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr).not.toContain('    at ');
  });
});
