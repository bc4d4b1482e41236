import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '@millrace/sdk';

const patience = 600_000;
const pause = 100;

/**
 * What `look` gives once it gives something. What it throws counts as nothing, since services are killed meanwhile. Fails with what `describe`
 * tells, so that whoever reads it understands where things stood.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  describe: () => Promise<string>,
): Promise<T> {
  const deadline = Date.now() + patience;
  let last = '';
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = messageOf(error);
    }
    await delay(pause); // other processes' work has no event to await here
  }
  throw new Error(`Waited in vain until ${what}. ${last}\n${await describe().catch(messageOf)}`);
}
