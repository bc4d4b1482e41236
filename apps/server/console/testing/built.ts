import { setTimeout as delay } from 'node:timers/promises';
import type { TestServer } from '../../testing/test-server.ts';

/** As soon as there is a console: it is built when somebody first comes. */
export async function built({ http }: TestServer): Promise<void> {
  while ((await http.get<string>('/')).status === 503) await delay(200);
}
