import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import axios, { type AxiosInstance } from 'axios';
import { AccessModule, KeysService, type Role } from '#access';
import { PlatformModule, prepareApp, Settings } from '#platform';
import { testServices } from '#tools/testing';
import { Catalog } from '../catalog.ts';
import { CatalogModule, type CatalogOptions } from '../catalog.module.ts';

export interface TestApp {
  catalog: Catalog;
  /** Over HTTP; every status is an answer. */
  withRole(role: Role): Promise<AxiosInstance>;
  close(): Promise<void>;
}

/** Platform, access and a catalog as the server has them, on a free port. */
export async function startTestApp(options: CatalogOptions): Promise<TestApp> {
  const { mongodbUri, redisUrl } = testServices();
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, masterKey, logLevel: 'silent' });
  const imports = [PlatformModule.forRoot(settings), AccessModule, await CatalogModule.forRoot(options)];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { rawBody: true, bodyParser: false, logger: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const baseURL = await app.getUrl();
  return {
    catalog: app.get(Catalog),
    async withRole(role) {
      const { key } = await app.get(KeysService).create({ name: role, role });
      return axios.create({ baseURL, validateStatus: () => true, headers: { authorization: `Bearer ${key}` } });
    },
    close: () => app.close(),
  };
}
