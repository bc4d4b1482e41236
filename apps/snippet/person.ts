import { randomId } from './messages.ts';
import type { Store } from './store.ts';

interface Ids {
  anonymousId: string;
  userId?: string;
}

const name = 'ids';

/** Who uses the browser, as far as the page knows: always read from the store, since other tabs sign in and out, too. */
export class Person {
  constructor(private readonly store: Store) {}

  ids(): Ids {
    try {
      const ids = JSON.parse(this.store.get(name) ?? '') as Partial<Ids>;
      if (typeof ids.anonymousId === 'string') return ids as Ids;
    } catch {
      // there is none yet, or somebody else has written there
    }
    return this.#set({ anonymousId: randomId() });
  }

  /** Another user than before is another person: nothing joins the two. */
  is(userId: string): Ids {
    const { anonymousId, userId: before } = this.ids();
    return this.#set({ anonymousId: before === undefined || before === userId ? anonymousId : randomId(), userId });
  }

  forget(): void {
    this.store.remove(name);
  }

  #set(ids: Ids): Ids {
    this.store.set(name, JSON.stringify(ids));
    return ids;
  }
}
