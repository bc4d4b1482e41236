import type { NestExpressApplication } from '@nestjs/platform-express';
import { SegmentEndpoints } from './http/index.ts';

/** Takes in events at /v1. Call it before `prepareApp`: these routes read their bodies themselves, and answer without its ceremony. */
export function serveCollecting(app: NestExpressApplication): void {
  app.use('/v1', app.get(SegmentEndpoints, { strict: false }).handle);
}
