import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { connectMongo, createLog, Log } from '#platform';
import { EmbeddedServers, mongodbKind } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import {
  TrackingSettings,
  trackingSettingsModel,
  trackingSettingsSchema,
  type StoredTrackingSettings,
} from '../settings/index.ts';
import { TrackingTokens } from '../tokens/index.ts';
import { ClickController } from './click.controller.ts';
import { DeadLinks } from './dead-links.ts';
import { KnownHosts } from './known-hosts.ts';
import { VisitBook } from './visit-book.ts';

const read = (host: string) => ({
  mail: { person: 'p_1', message: 'm' },
  madeAt: 0,
  link: { url: `https://${host}/` },
});

describe.each([
  ['is gone', 'SIGKILL'],
  ['stands still, with its connections open', 'SIGSTOP'],
] as const)('a tracked link, where MongoDB %s', (_, signal) => {
  let folder: string;
  let servers: EmbeddedServers;
  let connection: Connection;
  let app: INestApplication;
  let http: AxiosInstance;
  let goOn: () => void;

  beforeAll(async () => {
    folder = await makeDataFolder('millrace-clicks-');
    servers = new EmbeddedServers(folder, () => undefined);
    const { uri, server } = await servers.start(mongodbKind);
    goOn = () => void (signal === 'SIGSTOP' && process.kill(server.pid, 'SIGCONT'));
    connection = await connectMongo(uri);
    const tracking = new TrackingSettings(
      connection.model<StoredTrackingSettings>(trackingSettingsModel, trackingSettingsSchema),
    );
    await tracking.put({ hosts: ['shop.example.com', 'old.example.com'], days: 1, keepVisitors: false });
    const module = await Test.createTestingModule({
      controllers: [ClickController],
      providers: [
        { provide: Log, useValue: createLog({ level: 'silent' }) },
        { provide: TrackingSettings, useValue: tracking },
        { provide: TrackingTokens, useValue: { read } },
        { provide: VisitBook, useValue: { note: () => Promise.resolve() } },
        DeadLinks,
        KnownHosts,
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, maxRedirects: 0, proxy: false });
    expect((await http.get('/c/old.example.com')).status).toBe(302);
    await tracking.put({ hosts: ['shop.example.com'], days: 1, keepVisitors: false });
    expect((await http.get('/c/old.example.com')).status).toBe(404);
    process.kill(server.pid, signal);
    if (signal === 'SIGKILL') await server.ended;
  }, 120_000);

  afterAll(async () => {
    goOn();
    await app?.close();
    await connection?.close();
    await servers?.stop();
    await rm(folder, { recursive: true });
  });

  it('leads on to a host that was declared, and to no other', async () => {
    const { status, headers } = await http.get<unknown>('/c/shop.example.com');
    expect([status, headers.location]).toEqual([302, 'https://shop.example.com/']);
    for (const host of ['old.example.com', 'evil.com']) expect((await http.get(`/c/${host}`)).status).toBe(404);
  });
});
