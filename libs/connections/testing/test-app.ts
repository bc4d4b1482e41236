import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import axios, { type AxiosInstance } from 'axios';
import type { AnyConnector } from '@millrace/sdk';
import { AccessModule, KeysService, type Role } from '#access';
import { Catalog, CatalogModule } from '#catalog';
import { createLog, PlatformModule, prepareApp, Settings } from '#platform';
import { testServices } from '#tools/testing';
import { Connections } from '../connections.ts';
import { ConnectionsModule } from '../connections.module.ts';

export interface TestApp {
  catalog: Catalog;
  connections: Connections;
  /** Everything that was logged so far. */
  logged(): string;
  /** Over HTTP; every status is an answer. */
  withRole(role: Role): Promise<AxiosInstance>;
  close(): Promise<void>;
}

/** Everything up to connections as the server has it, on a free port. */
export async function startTestApp(connector: AnyConnector, values: Partial<Settings> = {}): Promise<TestApp> {
  const { mongodbUri, redisUrl } = testServices();
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, masterKey, allowPrivateAddresses: true, ...values });
  let lines = '';
  const destination = new Writable({
    write(chunk, _, done) {
      lines += String(chunk);
      done();
    },
  });
  const imports = [
    PlatformModule.forRoot(settings, { log: createLog({ level: 'debug', destination }) }),
    AccessModule,
    await CatalogModule.forRoot({ paths: [], builtIn: [{ connector, origin: 'test-connector.ts' }] }),
    ConnectionsModule,
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { rawBody: true, bodyParser: false, logger: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const baseURL = await app.getUrl();
  return {
    catalog: app.get(Catalog),
    connections: app.get(Connections),
    logged: () => lines,
    async withRole(role) {
      const { key } = await app.get(KeysService).create({ name: role, role });
      return axios.create({ baseURL, validateStatus: () => true, headers: { authorization: `Bearer ${key}` } });
    },
    close: () => app.close(),
  };
}
