import { isStillGood } from '#platform';
import type { KeyHolder } from './current-key.ts';

/** How long a revoked key may go on working in another process. */
export const rememberedFor = 10_000;
const most = 1_000;

interface Verified {
  holder: KeyHolder;
  until: number;
}

/** Keys that were found right a moment ago, by the hash of their text, so that not every request asks MongoDB. Bounded; oldest go first. */
export class VerifiedKeys {
  readonly #byHash = new Map<string, Verified>();

  find(hash: string, now: number = Date.now()): KeyHolder | undefined {
    const known = this.#byHash.get(hash);
    if (known && isStillGood(known.until, rememberedFor, now)) return known.holder;
    this.#byHash.delete(hash);
    return undefined;
  }

  /** @param expiresAt from then on the key is refused */
  remember(hash: string, holder: KeyHolder, expiresAt?: Date, now: number = Date.now()): void {
    this.#byHash.delete(hash);
    for (const oldest of this.#byHash.keys()) {
      if (this.#byHash.size < most) break;
      this.#byHash.delete(oldest);
    }
    this.#byHash.set(hash, { holder, until: Math.min(now + rememberedFor, expiresAt?.getTime() ?? Infinity) });
  }

  forget(id: string): void {
    for (const [hash, { holder }] of this.#byHash) if (holder.id === id) this.#byHash.delete(hash);
  }
}
