import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { defineConnector } from '@millrace/sdk';
import { RequireRole } from '#access';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Catalog } from './catalog.ts';
import { pluginFiles, pluginText, type PluginFiles } from './testing/plugin-files.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

const own = defineConnector({
  id: 'own',
  title: 'Own',
  version: '1.0.0',
  config: { type: 'object' },
  check: async () => undefined,
  source: { streams: async () => ({}) },
});

@Controller('own')
class OwnController {
  constructor(private readonly catalog: Catalog) {}

  @Get()
  @RequireRole('viewer')
  title() {
    return { title: this.catalog.get('own').connector.title };
  }
}

@Module({ controllers: [OwnController] })
class OwnModule {}

let files: PluginFiles;
let app: TestApp;
let other: TestApp;

beforeAll(async () => {
  files = await pluginFiles();
  await files.write('from-file/index.mjs', pluginText('from-file'));
  const options = { paths: [files.root], builtIn: [{ connector: own, origin: 'own.ts', module: OwnModule }] };
  app = await startTestApp(options);
  other = await startTestApp(options);
});
afterAll(async () => {
  await Promise.all([app.close(), other.close()]);
  await files.remove();
  await dropTestDatabase(testServices());
});

describe('the catalog', () => {
  it('lists what it found, with the schema of each configuration', async () => {
    const { status, data } = await (await app.withRole('viewer')).get<unknown>('/api/connectors');
    expect(status).toBe(200);
    expect(data).toMatchObject({
      next: null,
      data: [
        {
          id: 'from-file',
          title: 'The from-file',
          version: '1.2.3',
          enabled: true,
          streams: [{ name: 'rows', key: ['id'] }],
        },
        { id: 'own', capabilities: { source: true, destination: false } },
      ],
    });
  });

  it('brings along the Nest module of a plugin', async () => {
    expect((await (await app.withRole('viewer')).get('/own')).data).toEqual({ title: 'Own' });
  });

  it('says which connectors there are when one is not', async () => {
    const { status, data } = await (await app.withRole('viewer')).get<unknown>('/api/connectors/nothing');
    expect(status).toBe(404);
    expect(data).toMatchObject({ code: 'connector_not_found', detail: expect.stringContaining('from-file, own') });
  });

  it('refuses a second connector of the same id', () => {
    expect(() => app.catalog.register(own, 'elsewhere.ts')).toThrow(
      expect.objectContaining({ code: 'duplicate_connector' }),
    );
  });

  it('keeps what is internal out of the list and enabled', async () => {
    app.catalog.register({ ...own, id: 'inside' }, 'inside.ts', { internal: true });
    const operator = await app.withRole('operator');
    const { data } = await operator.get<{ data: { id: string }[] }>('/api/connectors');
    expect(data.data.map(({ id }) => id)).not.toContain('inside');
    expect((await operator.patch('/api/connectors/inside', { enabled: false })).data).toMatchObject({
      code: 'conflict',
    });
    expect(app.catalog.require('inside').enabled).toBe(true);
  });

  it('gives another hash to another connector only', () => {
    app.catalog.register({ ...own, id: 'own-two', title: 'Words do not count' }, 'two.ts');
    const hash = app.catalog.get('own').hash;
    expect(other.catalog.get('own').hash).toBe(hash);
    expect(app.catalog.get('own-two').hash).not.toBe(hash);
  });
});

describe('disabling a connector', () => {
  it('needs the role operator', async () => {
    const marketer = await app.withRole('marketer');
    expect((await marketer.patch('/api/connectors/own', { enabled: false })).data).toMatchObject({ code: 'forbidden' });
  });

  it('holds here at once, in other processes when they look, and after a restart', async () => {
    const operator = await app.withRole('operator');
    const { status, data } = await operator.patch<unknown>('/api/connectors/own', {
      enabled: false,
      reason: 'the vendor throttles us',
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ id: 'own', enabled: false, reason: 'the vendor throttles us' });
    expect(app.catalog.isEnabled('own')).toBe(false);
    expect(() => app.catalog.require('own')).toThrow(
      expect.objectContaining({
        code: 'connector_disabled',
        message: expect.stringContaining('the vendor throttles us'),
      }),
    );
    const elsewhere = await other.withRole('viewer');
    expect((await elsewhere.get('/api/connectors/own')).data).toMatchObject({ enabled: false });
    expect(other.catalog.disabledReason('own')).toBe('the vendor throttles us');
    const restarted = await startTestApp({ paths: [files.root], builtIn: [{ connector: own, origin: 'own.ts' }] });
    expect(restarted.catalog.isEnabled('own')).toBe(false);
    await restarted.close();
  });

  it('can be taken back, and forgets the reason', async () => {
    const operator = await app.withRole('operator');
    const { data } = await operator.patch<unknown>('/api/connectors/own', { enabled: true });
    expect(data).toMatchObject({ enabled: true });
    expect(data).not.toHaveProperty('reason');
    expect(app.catalog.disabledReason('own')).toBeUndefined();
  });

  it.each([{}, { enabled: 'no' }, { enabled: true, extra: 1 }, { enabled: false, reason: 'x'.repeat(301) }])(
    'refuses a body that it does not understand: %j',
    async (body) => {
      const operator = await app.withRole('operator');
      expect((await operator.patch('/api/connectors/own', body)).data).toMatchObject({
        status: 400,
        code: 'bad_request',
      });
    },
  );
});

it('does not start with a bad plugin', async () => {
  const bad = await pluginFiles();
  const file = await bad.write('bad/index.mjs', 'export default {};');
  await expect(startTestApp({ paths: [bad.root] })).rejects.toMatchObject({
    code: 'invalid_connector',
    message: expect.stringContaining(file),
  });
  await bad.remove();
});
