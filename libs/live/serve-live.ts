import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { LiveServer } from './connection/live-server.ts';

/** Takes WebSocket connections at /ws. */
export function serveLive(app: INestApplication): void {
  app.get(LiveServer, { strict: false }).serve(app.getHttpServer() as Server);
}
