import { randomId } from './messages.ts';
import type { Store } from './store.ts';

const tab = randomId();
/** Milliseconds after which a tab that says nothing has lost its turn. */
const lease = 20_000;

/**
 * Does some work while no other tab of the site does it. Where the browser has no locks (pages without TLS), or denies them together with storage, a note in the
 * store has to do: two tabs may then be at it at once. And a busy browser tells tabs late what another one has removed. The server recognises what comes twice.
 */
export async function alone(store: Store, work: () => Promise<void>): Promise<void> {
  // Types say that it is always there.
  const locks = navigator.locks as LockManager | undefined;
  let isMine = false;
  try {
    if (locks)
      return await locks.request(`${store.prefix}lock`, () => {
        isMine = true;
        return work();
      });
  } catch (error) {
    if (isMine) throw error;
  }
  const [holder, until] = (store.get('lock') ?? '').split(' ');
  if (holder && holder !== tab && Number(until) > Date.now()) return;
  store.set('lock', `${tab} ${Date.now() + lease}`);
  await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 30));
  if (!store.get('lock')?.startsWith(tab)) return;
  try {
    await work();
  } finally {
    if (store.get('lock')?.startsWith(tab)) store.remove('lock');
  }
}
