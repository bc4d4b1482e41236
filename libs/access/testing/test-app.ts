import { randomBytes } from 'node:crypto';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import axios, { type AxiosInstance } from 'axios';
import { PlatformModule, prepareApp, Settings } from '#platform';
import { testServices } from '#tools/testing';
import { AccessModule } from '../access.module.ts';
import { KeysService } from '../keys/keys.service.ts';
import type { Role } from '../roles/role.ts';

export interface TestApp {
  keys: KeysService;
  /** Over HTTP; every status is an answer. */
  as(key: string | undefined): AxiosInstance;
  withRole(role: Role): Promise<AxiosInstance>;
  close(): Promise<void>;
}

/** Platform and access as the server has them, on a free port. */
export async function startTestApp(
  imports: (Type | DynamicModule)[],
  values: Partial<Settings> = {},
): Promise<TestApp> {
  const { mongodbUri, redisUrl } = testServices();
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, masterKey, logLevel: 'silent', ...values });
  const root = { module: class Root {}, imports: [PlatformModule.forRoot(settings), AccessModule, ...imports] };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    rawBody: true,
    bodyParser: false,
    logger: false,
  });
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const baseURL = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const as = (key: string | undefined) =>
    axios.create({
      baseURL,
      validateStatus: () => true,
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
  const keys = app.get(KeysService);
  return {
    keys,
    as,
    withRole: async (role) => as((await keys.create({ name: role, role })).key),
    close: () => app.close(),
  };
}
