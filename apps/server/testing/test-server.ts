import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { createLog, Settings } from '#platform';
import { freePort } from '#tools/services';
import { dropTestDatabase, testServices } from '#tools/testing';
import { startServer } from '../start-server.ts';

export interface TestServer {
  url: string;
  adminKey: string;
  /** An empty folder that file connections may read and write. */
  folder: string;
  /** Answers with whatever status there is, as the admin. */
  http: AxiosInstance;
  close(): Promise<void>;
}

/** The whole server, on the spec's own database and a free port. */
export async function startTestServer(values: Partial<Settings> = {}): Promise<TestServer> {
  const services = testServices();
  const { mongodbUri, redisUrl, prefix: redisPrefix } = services;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-server-'));
  const adminKey = randomBytes(24).toString('hex');
  const settings = new Settings({
    mongodbUri,
    redisUrl,
    redisPrefix,
    dataDir: folder,
    fileRoots: [folder],
    adminKey,
    masterKey: createHash('sha256').update(mongodbUri).digest('base64'), // servers on one database share it
    port: await freePort(),
    ...values,
  });
  const server = await startServer(settings, createLog({ level: 'silent' }));
  return {
    url: settings.publicUrl,
    adminKey,
    folder,
    http: axios.create({
      baseURL: settings.publicUrl,
      headers: { authorization: `Bearer ${adminKey}` },
      validateStatus: () => true,
      proxy: false,
    }),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
      await dropTestDatabase(services);
    },
  };
}
