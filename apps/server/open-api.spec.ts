import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { isRoute, namedRoutes } from '#tools/docs';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string }[];
  security?: object[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }>; description?: string }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

describe('the OpenAPI description', () => {
  let server: TestServer;
  let document: Document;
  let operations: { route: string; operation: Operation }[];

  beforeAll(async () => {
    server = await startTestServer();
    document = (await server.http.get<Document>('/docs-json')).data;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
    );
  });

  afterAll(() => server.close());

  it('has the routes that clients rely on', () => {
    expect(operations.map(({ route }) => route)).toEqual(
      expect.arrayContaining([
        'GET /api/connectors',
        'PATCH /api/connectors/{id}',
        'POST /api/connections',
        'POST /api/connections/{id}/check',
        'GET /api/connections/{id}/streams',
        'POST /api/syncs',
        'POST /api/syncs/dry-run',
        'POST /api/syncs/{id}/runs',
        'GET /api/runs/{id}',
        'GET /api/runs/{id}/progress',
        'GET /api/runs/{id}/rejects',
        'POST /api/runs/{id}/cancel',
        'POST /api/profiles/lookup',
        'POST /api/preview',
        'POST /api/keys',
      ]),
    );
  });

  it('has every route that our documents name', async () => {
    const routes = operations.map(({ route }) => route);
    const pages = globSync(['*.md', '{docs,apps,plugins,deploy}/**/*.md']);
    const named = await Promise.all(pages.map(async (page) => namedRoutes(await readFile(page, 'utf8'))));
    expect(named.flat().length).toBeGreaterThan(100);
    expect(named.flat().filter((route) => !isRoute(route, routes))).toEqual([]);
  });

  it('names every operation once, and says what it does', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(operations.filter(({ operation }) => !operation.summary).map(({ route }) => route)).toEqual([]);
  });

  it('tells the errors of every route that asks for a key', () => {
    const asks = operations.filter(({ operation }) => operation.security);
    expect(asks.length).toBeGreaterThan(100);
    expect(asks.filter(({ operation }) => !operation.responses['401']).map(({ route }) => route)).toEqual([]);
  });

  it('gives a schema to every body and every answer with one, and a parameter to every placeholder', () => {
    const incomplete = operations.filter(({ route, operation }) => {
      const placeholders = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const missing = placeholders.some(
        (name) => !operation.parameters?.some((one) => one.in === 'path' && one.name === name),
      );
      const bodies = Object.values(operation.requestBody?.content ?? {}).every(({ schema }) => schema);
      const good = Object.entries(operation.responses).filter(([status]) => /^2/.test(status) && status !== '204');
      const described =
        good.length === 0 ||
        good.every(([, { content }]) => content && Object.values(content).every(({ schema }) => schema));
      return missing || !bodies || !described;
    });
    expect(incomplete.map(({ route }) => route)).toEqual([]);
  });

  it('knows each schema by a name of its own: of two classes with one name it would tell one', async () => {
    const root = join(import.meta.dirname, '../..');
    const names: string[] = [];
    for (const folder of ['libs', 'apps']) {
      for (const file of await readdir(join(root, folder), { recursive: true })) {
        if (!/\.(dto|view|response)\.ts$/.test(file)) continue;
        const source = await readFile(join(root, folder, file), 'utf8');
        names.push(...[...source.matchAll(/^export class (\w+)/gm)].map(([, name = '']) => name));
      }
    }
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('refers only to schemas that it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    );
    expect(references.filter((name) => !document.components.schemas[name])).toEqual([]);
  });
});
