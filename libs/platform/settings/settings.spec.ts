import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { getMetadataStorage } from 'class-validator';
import { ensureMasterKey } from './master-key.ts';
import { loadSettings } from './load-settings.ts';
import { settingsMarkdown } from './settings-markdown.ts';
import { settingsTable } from './settings-table.ts';
import { Settings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const masterKey = randomBytes(32).toString('base64');

function refusal(act: () => unknown): MillraceError {
  try {
    act();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('expected a MillraceError');
}

describe('loadSettings', () => {
  it('runs on nothing: everything has a default', () => {
    expect(loadSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 4400,
      publicUrl: 'http://127.0.0.1:4400',
      processes: ['api', 'collector', 'worker'],
      dataDir: resolve('.millrace'),
      fileRoots: [process.cwd()],
      plugins: [],
      production: false,
      allowPrivateAddresses: true,
      concurrency: 2,
      warnings: [],
    });
  });

  it('is strict in production', () => {
    const settings = loadSettings({ NODE_ENV: 'production', MILLRACE_MASTER_KEY: masterKey });
    expect(settings).toMatchObject({
      production: true,
      fileRoots: [],
      allowPrivateAddresses: false,
      logFormat: 'json',
    });
    expect(refusal(() => loadSettings({ NODE_ENV: 'production' })).message).toContain('MILLRACE_MASTER_KEY is missing');
  });

  it('reads every type', () => {
    const settings = loadSettings({
      MILLRACE_PORT: ' 8080 ',
      MILLRACE_PROCESSES: 'worker',
      MILLRACE_FILE_ROOTS: 'in, /srv/out ,',
      MILLRACE_ALLOW_PRIVATE_ADDRESSES: 'no',
      MILLRACE_OLD_MASTER_KEYS: `${masterKey},${masterKey}`,
      MILLRACE_PUBLIC_URL: 'https://millrace.example.com',
    });
    expect(settings).toMatchObject({
      port: 8080,
      processes: ['worker'],
      fileRoots: [resolve('in'), '/srv/out'],
      allowPrivateAddresses: false,
      oldMasterKeys: [masterKey, masterKey],
      publicUrl: 'https://millrace.example.com',
    });
  });

  it('lists every fault by its variable, without the values of secrets', () => {
    const error = refusal(() =>
      loadSettings({
        MONGODB_URI: 'mysql://root:hunter2@db/x',
        MILLRACE_PORT: 'eighty',
        MILLRACE_PROCESSES: 'web',
        MILLRACE_MASTER_KEY: 'short-secret',
        MILLRACE_ALLOW_PLAIN_HTTP: 'maybe',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:hunter2@collector:4318',
        OTEL_EXPORTER_OTLP_HEADERS: 'short-secret',
      }),
    );
    expect(error.code).toBe('invalid_settings');
    const named = (error.details as string[]).map((fault) => fault.split(' ')[0]);
    expect(named.sort()).toEqual([
      'MILLRACE_ALLOW_PLAIN_HTTP',
      'MILLRACE_MASTER_KEY',
      'MILLRACE_PORT',
      'MILLRACE_PROCESSES',
      'MONGODB_URI',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_EXPORTER_OTLP_HEADERS',
    ]);
    expect(error.message).not.toMatch(/hunter2|short-secret/);
  });

  it.each([
    ['127.0.0.1', true],
    ['loopback, 10.0.0.0/8,2001:db8::/32 ,::1', true],
    ['proxy.example.com', false],
    ['10.0.0.1,true', false],
    ['10.0.0.0/33', false],
    ['10.0.0.0/8/8', false],
    ['2001:db8::/129', false],
    ['0.0.0.0/0', false],
    ['::/0', false],
  ])('trusts no proxies but those it can tell apart: %s', (text, isFine) => {
    const load = (): string[] => loadSettings({ MILLRACE_TRUSTED_PROXIES: text }).trustedProxies;
    if (isFine) expect(load()).toEqual(text.split(',').map((one) => one.trim()));
    else expect(refusal(load).details).toEqual([expect.stringMatching(/^MILLRACE_TRUSTED_PROXIES must be addresses/)]);
  });

  it('warns of a variable it does not know, and names the nearest', () => {
    const { warnings } = loadSettings({ MILLRACE_FILE_ROOT: '/srv', MILLRACE_TEAPOT: 'x', OTHER: 'y' });
    expect(warnings).toEqual([
      'MILLRACE_FILE_ROOT is not a setting: did you mean MILLRACE_FILE_ROOTS?',
      'MILLRACE_TEAPOT is not a setting; docs/settings.md lists them all',
    ]);
  });

  it('tells what is missing, mistyped and dangerous at once', () => {
    const { message } = refusal(() =>
      loadSettings({ NODE_ENV: 'production', MILLRACE_HOST: '0.0.0.0', MILLRACE_MASTERKEY: masterKey }),
    );
    expect(message).toContain('MILLRACE_MASTER_KEY is missing');
    expect(message).toContain('did you mean MILLRACE_MASTER_KEY?');
    expect(message).toContain('MILLRACE_ALLOW_PLAIN_HTTP=true');
    expect(refusal(() => loadSettings({ MILLRACE_HOST: '::', MILLRACE_ALOW_PLAIN_HTTP: 'true' })).message).toContain(
      'did you mean MILLRACE_ALLOW_PLAIN_HTTP?',
    );
  });

  it('reads secrets from files', () => {
    const file = join(folder, 'key');
    writeFileSync(file, `${masterKey}\n`);
    expect(loadSettings({ MILLRACE_MASTER_KEY_FILE: file }).masterKey).toBe(masterKey);
    expect(refusal(() => loadSettings({ MILLRACE_MASTER_KEY_FILE: join(folder, 'none') })).message).toContain(
      'MILLRACE_MASTER_KEY_FILE',
    );
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'millrace.example.com'])('refuses to serve %s in clear', (host) => {
    expect(refusal(() => loadSettings({ MILLRACE_HOST: host })).code).toBe('unsafe_deployment');
    expect(loadSettings({ MILLRACE_HOST: host, MILLRACE_ALLOW_PLAIN_HTTP: 'true' }).host).toBe(host);
    expect(loadSettings({ MILLRACE_HOST: host, MILLRACE_TLS_CERT: 'a', MILLRACE_TLS_KEY: 'b' }).publicUrl).toMatch(
      /^https:/,
    );
    expect(loadSettings({ MILLRACE_HOST: host, MILLRACE_PROCESSES: 'worker' }).host).toBe(host);
  });
});

describe('ensureMasterKey', () => {
  it('makes a key once, readable by nobody else', () => {
    const dataDir = join(folder, 'data');
    const key = ensureMasterKey(new Settings({ dataDir }));
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    expect(ensureMasterKey(new Settings({ dataDir }))).toBe(key);
  });

  it('prefers the key of the settings, and needs it in production', () => {
    expect(ensureMasterKey(new Settings({ masterKey, dataDir: '/nowhere' }))).toBe(masterKey);
    expect(refusal(() => ensureMasterKey(new Settings({ production: true, dataDir: folder }))).code).toBe(
      'invalid_settings',
    );
  });

  it('does not replace a broken key: what it sealed would be lost', () => {
    const dataDir = mkdtempSync(join(folder, 'broken-'));
    writeFileSync(join(dataDir, 'master.key'), 'oops');
    expect(refusal(() => ensureMasterKey(new Settings({ dataDir }))).message).toContain('master.key');
    expect(readFileSync(join(dataDir, 'master.key'), 'utf8')).toBe('oops');
  });
});

describe('docs/settings.md', () => {
  it('is what the table says', () => {
    expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsMarkdown());
  });

  it('describes every setting, and nothing else', () => {
    const validated = getMetadataStorage().getTargetValidationMetadatas(Settings, '', true, false);
    const properties = settingsTable.map((row) => row.property);
    expect(properties.sort()).toEqual([...new Set(validated.map(({ propertyName }) => propertyName))].sort());
  });
});
