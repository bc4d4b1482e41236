import { alikeName } from './alike-name.ts';
import type { IdentityKey } from './identity-key.ts';
import { readingNow } from './parse-identity.ts';
import { plainIdentityPolicy, type IdentityPolicy } from './policy.ts';

/** A policy that reads addresses or numbers otherwise than they are written. */
export interface HeldReading {
  policy: IdentityPolicy;
  /** Milliseconds since 1970 until which rows may have been read so. */
  until: number;
}

type Stored = { alike: { $in: string[] } } | Record<string, { $in: string[] }>;

/** Who else somebody is by the policies that held: what was stored about one spelling of an address or a number is about the others that a policy makes the same. */
export class Likeness {
  readonly #held: readonly HeldReading[];
  readonly #asked = new Map<string, IdentityKey[]>();
  readonly #known: ReadonlySet<IdentityKey>;

  constructor(asked: readonly IdentityKey[], held: readonly HeldReading[]) {
    this.#held = held;
    this.#known = new Set(asked);
    for (const identity of this.#known) {
      const alike = alikeName(identity);
      if (alike !== undefined) this.#asked.set(alike, [...(this.#asked.get(alike) ?? []), identity]);
    }
  }

  /** Finds whatever may be about the same people, by the field that has the identity. */
  filter(field: string): { $or: Stored[] } {
    const alike = [...this.#asked.keys()];
    const numbers = [...this.#known].filter((one) => one.startsWith('phone:'));
    const read = numbers.flatMap((one) => this.#held.map(({ policy }) => readingNow(one, { policy })));
    return { $or: [{ [field]: { $in: [...new Set([...alike, ...read])] } }, { alike: { $in: alike } }] };
  }

  /** The identities asked for that are the stored one otherwise written, by a policy that held when it was stored or later. Of those asked for as they are: none. */
  askedAs(stored: IdentityKey, since: number): IdentityKey[] {
    if (this.#known.has(stored)) return [];
    const asked = this.#asked.get(alikeName(stored) ?? '') ?? [];
    return asked.filter((one) =>
      this.#held.some(
        ({ policy, until }) => until > since && readingNow(one, { policy }) === readingNow(stored, { policy }),
      ),
    );
  }
}

/** What of a policy makes identities one; undefined where nothing does. */
export function readingOf({ email, phone }: Pick<IdentityPolicy, 'email' | 'phone'>): IdentityPolicy | undefined {
  const asWritten = email.dots === 'keep' && email.tags === 'keep' && phone.region === null;
  return asWritten ? undefined : { ...plainIdentityPolicy, email, phone: { ...phone, uncertain: 'keep' } };
}
