import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { globSync } from 'tinyglobby';
import { isCommand, namedCommands } from '#tools/docs';
import { program } from './program.ts';
import { fakeServer, type FakeServer } from './testing/fake-server.ts';
import { runCli } from './testing/run-cli.ts';

const run = {
  id: 'run_1',
  reason: 'As\u0007 told.',
  sync: 'syn_1',
  state: 'succeeded',
  ledger: { read: 3, written: 2, unchanged: 0, superseded: 0, rejected: 1, filtered: 0 },
  effects: { created: 2 },
  startedAt: '2026-01-05T06:00:00.000Z',
  endedAt: '2026-01-05T06:00:01.000Z',
};
const token = { path: 'firstName', value: 'Ann', missing: false, fallback: null, origin: null };
const connector = { id: 'file', title: 'File', version: '1.0.0', enabled: true };
const capabilities = { source: true, destination: true, webhooks: false, oauth2: false };

let server: FakeServer;
beforeAll(async () => {
  server = await fakeServer({
    'GET /api/connectors': {
      data: [
        { ...connector, capabilities },
        { ...connector, id: 'webhook', enabled: false, reason: 'it is down', capabilities },
      ],
      next: null,
    },
    'POST /api/connections/shop/check': { ok: true, at: '2026-01-05T06:00:00.000Z' },
    'POST /api/connections/crm/sign-in': {
      url: 'https://crm.example/authorize?state=x',
      redirectUri: 'https://millrace.example/oauth/callback',
      expiresAt: '2026-01-05T06:10:00.000Z',
    },
    'POST /api/connections/old/check': {
      ok: false,
      code: 'authentication_failed',
      message: 'Enter \u0007the password again.',
    },
    'GET /api/connections/shop/streams': {
      data: [{ name: 'rows', key: ['id'], cursor: 'at', schema: { properties: { id: {}, at: {} } } }],
      next: null,
    },
    'GET /api/connections/shop/objects': { data: [], next: null },
    'POST /api/syncs/people/runs': { ...run, state: 'queued' },
    'GET /api/runs/run_1': run,
    'POST /api/syncs/dry-run': {
      data: [
        { fate: 'mapped', source: {}, outputs: { profile: { traits: { firstName: 'Ann' } } } },
        { fate: 'rejected', position: 'a.csv:3', source: { id: 3 }, code: 'mapping_failed', message: 'No number.' },
      ],
    },
    'POST /api/preview': {
      subject: 'Hi Ann',
      text: 'Hello Ann',
      tokens: [token, token, { ...token, path: 'city', value: null, missing: true, fallback: 'your city' }],
      warnings: [{ code: 'x', message: 'Long\u0007 subject.' }],
      page: 'http://127.0.0.1/previews/x',
    },
    'GET /api/runs/run_1/log?level=warn&limit=200': {
      data: [
        { at: '2026-01-05T06:00:00.000Z', level: 'warn', message: 'It stalls.', slice: 'all', fields: { attempts: 2 } },
      ],
      next: null,
    },
    'GET /api/rejects?limit=200': { data: [], next: null },
    'GET /api/runs/run_1/rejects?limit=200': {
      data: [{ id: 'rej_1', position: 'a.csv:3', code: 'mapping_failed', message: 'No number.', raw: '{"id":3}' }],
      next: null,
    },
    'POST /api/runs/run_1/cancel': { ...run, state: 'cancelled' },
    'PATCH /api/syncs/people': { slug: 'people', state: 'paused', reason: 'By\u0007 you.' },
    'POST /api/syncs/resume': {
      data: [
        { slug: 'people', state: 'ok', reason: 'It is idle.' },
        { slug: 'orders', state: 'ok', reason: 'It is idle.' },
      ],
      next: null,
    },
    'POST /api/syncs/pause': { data: [], next: null },
    'POST /api/runs/run_1/pause': { ...run, state: 'paused' },
    'POST /api/runs/run_1/retry': { ...run, id: 'run_2', state: 'queued' },
    'POST /api/rejects/replay': { ...run, state: 'queued' },
    'GET /api/syncs/people': { slug: 'people', startsFrom: { cursor: 7 } },
    'PUT /api/syncs/people/starts-from': { slug: 'people' },
    'GET /api/keys?limit=200': {
      data: [
        { id: 'key_1', name: 'nightly', role: 'operator' },
        { id: 'key_2', name: 'over', role: 'admin', expiresAt: '2020-01-01T00:00:00.000Z' },
      ],
      next: null,
    },
    'POST /api/keys': { id: 'key_2', name: 'new', role: 'viewer', key: 'mr_new' },
  });
});
afterAll(() => server.close());

const millrace = (...args: string[]) => runCli(args, { MILLRACE_URL: server.url, MILLRACE_KEY: 'mr_key' });

describe('millrace', () => {
  it.each<[string[], string[]]>([
    [['connectors'], ['file     File   1.0.0    source, destination  enabled', 'disabled: it is down']],
    [['check', 'shop'], ['It works.']],
    [
      ['sign-in', 'crm'],
      ['https://crm.example/authorize?state=x', 'https://millrace.example/oauth/callback'],
    ],
    [['discover', 'shop'], ['rows    id   at      id, at']],
    [
      ['run', 'people'],
      ['succeeded run_1: As told.', '3 read = 2 written + 1 rejected (2 created)'],
    ],
    [
      ['runs', 'show', 'run_1'],
      ['succeeded run_1', 'millrace rejects run_1'],
    ],
    [
      ['dry-run', 'people'],
      ['profile\ntraits.firstName\nAnn', 'a.csv:3 rejected mapping_failed: No number.'],
    ],
    [
      ['preview', 'last-order', '--for', 'ann@example.com'],
      ['Hi Ann', 'token   firstName Ann', 'missing city "your city" shows', 'warning Long subject.', '/previews/x'],
    ],
    [['logs', 'run_1', '--level', 'warn'], ['2026-01-05T06:00:00.000Z warn  [all] It stalls. {"attempts":2}']],
    [['rejects', 'run_1'], ['a.csv:3   mapping_failed  No number.  {"id":3}']],
    [['pause', 'people'], ['people: paused. By you.']],
    [
      ['resume', '--label', 'shop'],
      ['people: ok. It is idle.', 'orders: ok. It is idle.'],
    ],
    [['pause', '--label', 'none'], ['No sync has the label "none".']],
    [
      ['runs', 'pause', 'run_1'],
      ['paused', 'run_1'],
    ],
    [
      ['retry', 'run_1'],
      ['queued', 'run_2'],
    ],
    [
      ['replay', '--sync', 'people', '--code', 'invalid_row'],
      ['succeeded run_1', '3 read'],
    ],
    [['state', 'people'], ['{"cursor":7}']],
    [['state', 'people', '--reset'], ['The next run reads everything.']],
    [['cancel', 'run_1'], ['cancelled run_1']],
    [['keys'], ['key_1  nightly  operator  never      valid', 'never      expired 2020-01-01T00:00:00.000Z']],
    [['keys', 'create', 'new', '--role', 'viewer'], ['mr_new']],
  ])('%j shows what the server says', async (args, expected) => {
    const { code, stdout, stderr } = await millrace(...args);
    expect([code, stdout, stderr]).toEqual([0, expect.any(String), expect.not.stringContaining('Error')]);
    for (const text of expected) expect(stdout).toContain(text);
    expect(stdout + stderr).not.toContain('\u0007');
  });

  it.each(['.', '..'])('takes %s for nothing, and not for the list above', async (name) => {
    const { code, stdout, stderr } = await millrace('rejects', name);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('Give a slug or an id.')]);
  });

  it('gives the answer itself with --json', async () => {
    const { stdout } = await millrace('runs', 'show', 'run_1', '--json');
    expect(JSON.parse(stdout)).toEqual(run);
  });

  it('fails where a check fails, with --json too', async () => {
    const seen = await millrace('check', 'old');
    expect([seen.code, seen.stdout.trim()]).toEqual([1, 'authentication_failed Enter the password again.']);
    expect((await millrace('check', 'old', '--json')).code).toBe(1);
  });

  it('says what the server refuses, and what is missing', async () => {
    expect(await millrace('check', 'nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Check it.') as unknown,
    });
    expect(await millrace('preview')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Name a saved template') as unknown,
    });
  });

  it('says that a folder is not there, a server does not answer, or a key is missing', async () => {
    expect(await millrace('apply', 'no-such-folder')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no-such-folder cannot be read') as unknown,
    });
    expect(await runCli(['export', '--url', 'http://127.0.0.1:1', '--key', 'k'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No server answers at http://127.0.0.1:1 (ECONNREFUSED)') as unknown,
    });
    expect(await runCli(['connectors'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('MILLRACE_KEY') as unknown,
    });
  });
});

it('tells its version', async () => {
  expect(await runCli(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
  });
});

describe('--help', () => {
  it('tells of each command', async () => {
    for (const command of commandsBelow(program())) {
      expect([command.name(), command.description()]).toEqual([command.name(), expect.stringMatching(/\w+ \w+/)]);
      expect(command.helpInformation()).toContain(command.description().slice(0, 20));
    }
    const { code, stdout } = await runCli(['--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('rejects <run>')]);
  });

  it('has every command that our documents name', async () => {
    const pages = globSync(['*.md', '{docs,apps,plugins,deploy}/**/*.md'], {
      ignore: ['**/node_modules/**', 'CHANGELOG.md'],
    });
    const named = await Promise.all(pages.map(async (page) => namedCommands(await readFile(page, 'utf8'))));
    expect(named.flat().length).toBeGreaterThan(15);
    expect(named.flat().filter((words) => !isCommand(words, program()))).toEqual([]);
  });

  it('shows no key, neither when asked nor after a mistake', async () => {
    const [help, mistake] = await Promise.all([millrace('--help'), millrace('conectors')]);
    expect(help.stdout).toContain('MILLRACE_KEY');
    expect(mistake.stderr).toContain('MILLRACE_KEY');
    expect(help.stdout + mistake.stderr).not.toContain('mr_key');
  });
});

function commandsBelow(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...commandsBelow(one)]);
}
