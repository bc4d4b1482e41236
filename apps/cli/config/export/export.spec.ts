import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fields } from '../documents/document.ts';
import { kinds, type Kind } from '../kinds/index.ts';
import type { Resource } from '../server/server-state.ts';
import { exportDocuments } from './export-documents.ts';
import { keepReferences } from './keep-references.ts';
import { readFolder, writeFolder } from './write-folder.ts';

describe('an export', () => {
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'millrace-export-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  const exported = async (folder: string, resources: Resource[]): Promise<void> => {
    const present = await readFolder(folder);
    await writeFolder(
      folder,
      exportDocuments({ resources, routes: new Map(), connectors: new Map(), unread: [] }, present),
      present,
    );
  };
  const text = (folder: string, name: string): Promise<string> => readFile(join(folder, name), 'utf8');

  it('gives no two secrets the same variable, whatever their names, and keeps those that a folder has', async () => {
    const folder = await mkdtemp(join(work, 'secrets-'));
    const connection = resource('connection', 'acme', {}, ['config.apiKey']);
    const feed = resource('feed', 'acme', {}, ['headers.Api-Key', 'headers.ApiKey']);
    await exported(folder, [feed]);
    expect(await text(folder, 'feeds/acme.yaml')).toContain(
      'Api-Key: { $env: ACME_API_KEY }\n  ApiKey: { $env: FEED_ACME_API_KEY }\n',
    );
    await exported(folder, [feed, connection]);
    expect(await text(folder, 'connections/acme.yaml')).toContain('apiKey: { $env: CONNECTION_ACME_API_KEY }');
    expect(await text(folder, 'feeds/acme.yaml')).toContain('Api-Key: { $env: ACME_API_KEY }');
  });

  it('writes a source to the file that it is read from, or to one that is named as its document', async () => {
    const folder = await mkdtemp(join(work, 'sources-'));
    await writeFile(join(folder, 'a.yaml'), 'kind: template\nslug: hello\nsource: { $file: mail.html }\n');
    await writeFile(join(folder, 'b.yaml'), 'kind: block\nslug: hello\nsource: <p>inline</p>\n');
    await exported(folder, [
      resource('template', 'hello', { source: '<p>mail</p>' }),
      resource('block', 'hello', { source: '<p>block</p>' }),
    ]);
    expect([await text(folder, 'mail.html'), await text(folder, 'b.html')]).toEqual(['<p>mail</p>', '<p>block</p>']);
    expect(await text(folder, 'a.yaml')).toContain('source: { $file: mail.html }');
    expect(await text(folder, 'b.yaml')).toContain('source: { $file: b.html }');
  });

  it('does not write two sources to a file that both are read from', async () => {
    const folder = await mkdtemp(join(work, 'shared-'));
    for (const slug of ['one', 'two'])
      await writeFile(join(folder, `${slug}.yaml`), `kind: block\nslug: ${slug}\nsource: { $file: both.html }\n`);
    await exported(folder, [
      resource('block', 'one', { source: '<p>1</p>' }),
      resource('block', 'two', { source: '<p>2</p>' }),
    ]);
    expect([await text(folder, 'one.html'), await text(folder, 'two.html')]).toEqual(['<p>1</p>', '<p>2</p>']);
  });

  it('keeps references within lists', () => {
    const [key, to] = [
      [{ $env: 'OLD_KEY' }, { $env: 'NEW_KEY' }],
      [{ $env: 'ON_CALL' }, 'b@example.com'],
    ];
    const now = { config: { keys: { $env: 'HOOKS_KEYS' }, to: ['a@example.com', 'b@example.com'] } };
    expect(keepReferences(now, { config: { keys: key, to } })).toEqual({ config: { keys: key, to } });
    expect(keepReferences(now, { config: { to: [{ $env: 'ON_CALL' }] } })).toEqual(now);
  });
});

function resource(name: string, slug: string, fields: Fields, secretsSet: string[] = []): Resource {
  const kind = kinds.find((each) => each.name === name) as Kind;
  const known = {
    id: slug,
    name: slug,
    derived: false,
    builtIn: false,
    revision: 1,
    edition: 1,
    editions: {},
    ownerLabels: [],
  };
  return { ...known, kind, slug, fields, outlived: {}, secretsSet };
}
