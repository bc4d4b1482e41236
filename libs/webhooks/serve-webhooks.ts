import type { NestExpressApplication } from '@nestjs/platform-express';
import { HookEndpoint } from './receiving/index.ts';

/** Takes in deliveries at /hooks. Call it before `prepareApp`: signatures are over bodies that nobody has touched. */
export function serveWebhooks(app: NestExpressApplication): void {
  app.use('/hooks', app.get(HookEndpoint, { strict: false }).handle);
}
