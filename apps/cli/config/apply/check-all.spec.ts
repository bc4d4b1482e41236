import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@millrace/sdk';
import { parseDocuments } from '../documents/parse-documents.ts';
import { connection as connectionKind } from '../kinds/connection.ts';
import { kinds } from '../kinds/index.ts';
import type { Route } from '../server/body-schemas.ts';
import type { Resource, ServerState } from '../server/server-state.ts';
import { checkAll } from './check-all.ts';

const text = { type: 'string' };
const closed = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const bodies: Record<string, JsonSchema> = {
  connection: closed({ connector: text, name: text, config: { type: 'object' } }, ['connector']),
  sync: closed({
    name: text,
    from: closed({ connection: text, stream: text }),
    read: { type: 'string', enum: ['full', 'incremental'] },
    paused: { type: 'boolean' },
    schedule: { type: 'object' },
  }),
  template: closed({ source: text }),
  'alert-channel': closed({ type: { type: 'string', enum: ['webhook'] } }),
};
const shop: Resource = {
  kind: connectionKind,
  id: 'con_1',
  slug: 'shop',
  derived: false,
  name: 'Shop',
  builtIn: false,
  revision: 1,
  edition: 1,
  fields: {},
  secretsSet: ['config.password'],
  outlived: {},
  editions: {},
  ownerLabels: [],
};
const state: ServerState = {
  routes: new Map(kinds.map((kind): [(typeof kinds)[number], Route] => [kind, routeOf(kind.name)])),
  connectors: new Map([
    ['db', { ...closed({ host: text, password: { ...text, 'x-secret': true } }), required: ['host'] }],
  ]),
  resources: [shop],
  unread: [],
};

describe('checking documents', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-check-'));
    await writeFile(join(folder, 'password'), 'from a file\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const check = (yaml: string, env: Record<string, string> = {}) =>
    checkAll(parseDocuments({ file: 'a.yaml', folder, text: yaml }).documents, state, env);
  const connection = (config: string, slug = 'db'): string =>
    `kind: connection\nslug: ${slug}\nconnector: db\nconfig: ${config}\n`;

  it.each([
    ['an unknown kind', 'kind: snyc\nslug: a\n', 'a.yaml:1:1 There is no kind "snyc". Did you mean "sync"?'],
    [
      'an unknown field',
      'kind: sync\nslug: a\nfrom:\n  steam: x\n',
      'a.yaml:4:3 from.steam is no field here. Did you mean "stream"?',
    ],
    ['a wrong type', 'kind: sync\nslug: a\npaused: perhaps\n', 'a.yaml:3:1 paused must be boolean.'],
    [
      'a wrong choice',
      'kind: sync\nslug: a\nread: some\n',
      'a.yaml:3:1 read must be equal to one of the allowed values: full, incremental.',
    ],
    ['an unknown setting', connection('{ hots: x }'), 'a.yaml:4:11 config.hots is no field here. Did you mean "host"?'],
    [
      'a secret in the file',
      connection('{ password: hunter2 }'),
      'a.yaml:4:11 config.password is a secret, which does not belong into a file.',
    ],
    [
      'a secret with a default',
      connection('{ password: { $env: X, default: hunter2 } }'),
      'is a secret, so it can have no default here.',
    ],
    [
      'a variable that is not set',
      connection('{ host: { $env: HOST } }'),
      'a.yaml:4:11 config.host refers to $env HOST, which is not set.',
    ],
    [
      'a secret that is set nowhere',
      connection('{ password: { $env: X } }'),
      'config.password refers to $env X, which is not set.',
    ],
    [
      'a file that is not there',
      connection('{ host: { $file: nowhere } }'),
      'refers to nowhere, which cannot be read (ENOENT).',
    ],
    ['a broken reference', connection('{ host: { $env: X, or: y } }'), 'config.host must be `{ $env: NAME }`'],
    [
      'an unknown connection',
      'kind: sync\nslug: a\nfrom: { connection: shob }\n',
      'a.yaml:3:9 There is no connection "shob", neither here nor on the server. Did you mean "shop"?',
    ],
    [
      'an unknown connection that a variable names',
      'kind: sync\nslug: a\nfrom: { connection: { $env: NAME } }\n',
      'a.yaml:3:9 There is no connection that $env NAME names, neither here nor on the server.',
    ],
    [
      'a type that is none, though every object has it',
      'kind: alert-channel\nslug: a\ntype: constructor\n',
      'a.yaml:3:1 type must be equal to one of the allowed values: webhook.',
    ],
    ['an id', 'kind: sync\nslug: a\nfrom: { connection: con_1 }\n', 'Use its slug: shop.'],
    [
      'a circle',
      ['a', 'b', 'c'].map((slug, i) => `kind: sync\nslug: ${slug}\nschedule: { after: ${'bca'[i]} }\n`).join('---\n'),
      'sync a → sync b → sync c → sync a. Break it.',
    ],
  ])('finds %s', async (_, yaml, message) => {
    const error: unknown = await check(yaml, { NAME: 'hunter2' }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(message);
    expect(String(error)).toContain('Nothing was changed.');
    expect(String(error)).not.toContain('hunter');
  });

  it('finds all at once', async () => {
    await expect(
      check(`${connection('{ host: { $env: A } }')}---\n${connection('{ host: { $env: B } }', 'two')}`),
    ).rejects.toThrow(/\$env A[^]*\$env B/);
  });

  it('follows references, and turns them into what the field is', async () => {
    const yaml = `${connection('{ host: { $env: HOST, default: local }, password: { $file: password } }')}---
kind: sync\nslug: a\npaused: { $env: PAUSED }\n`;
    expect((await check(yaml, { PAUSED: 'true' })).map(({ fields }) => fields)).toEqual([
      { connector: 'db', config: { host: 'local', password: 'from a file' } },
      { paused: true },
    ]);
    await expect(check(yaml, { PAUSED: 'hunter2' })).rejects.toThrow(
      /paused must be boolean; what it refers to is not/,
    );
  });

  it('leaves a secret to the server that has it', async () => {
    const [checked] = await check(connection('{ password: { $env: X } }', 'shop'));
    expect(checked?.fields).toEqual({ connector: 'db', config: {} });
  });

  it('puts each after what it needs', async () => {
    const sync = (slug: string, more: string): string => `kind: sync\nslug: ${slug}\n${more}\n`;
    const yaml = [
      sync('a', 'schedule: { after: z }'),
      sync('z', 'from: { connection: db }'),
      'kind: template\nslug: m\nsource: x\n',
      connection('{}'),
    ];
    const ordered = await check(yaml.join('---\n'));
    expect(ordered.map(({ document }) => document.slug)).toEqual(['db', 'm', 'z', 'a']);
  });
});

function routeOf(kind: string): Route {
  return {
    body: bodies[kind] ?? {},
    removable: true,
    rehearses: false,
    rehearsesRemoval: false,
    rehearsesTogether: false,
    fenced: false,
  };
}
