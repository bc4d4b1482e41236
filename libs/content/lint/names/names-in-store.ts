import { Inject, Injectable, Optional } from '@nestjs/common';
import { Remembered } from '#platform';
import { Profiles } from '#profiles';
import { SUPPLIES, type Supplies, type Use } from '../../uses/index.ts';
import { KnownNames, type Share } from './known-names.ts';
import { sharesOf } from './shares-of.ts';

const sampleSize = 200;
/** Milliseconds for which a sample is good. */
const lifetime = 5 * 60_000;

/** What every order, event and consent may have, whether anybody has it yet or not. */
const always: readonly Use[] = [
  ...['', ':id', ':connection', ':at', ':total', ':currency', ':status', ':properties'].map((name) => `order${name}`),
  ...['', '[*].id', '[*].product', '[*].name', '[*].quantity', '[*].price'].map((name) => `order:lines${name}`),
  ...['', ':id', ':name', ':at', ':properties'].map((name) => `event${name}`),
  ...['', ':identity', ':channel', ':purpose', ':state', ':at', ':evidence'].map((name) => `consent${name}`),
];

/** The names that exist in the store: of people picked by chance, and of the syncs' mappings. Looked up at most every five minutes. */
@Injectable()
export class NamesInStore {
  readonly #known = new Remembered(lifetime, () => this.#look(new Date()));

  constructor(
    private readonly profiles: Profiles,
    @Optional() @Inject(SUPPLIES) private readonly supplies?: Supplies,
  ) {}

  /** Undefined while there is nobody and nothing is mapped: then every name would be unknown. */
  get(): Promise<KnownNames | undefined> {
    return this.#known.get();
  }

  async #look(clock: Date): Promise<KnownNames | undefined> {
    const [people, supplies] = await Promise.all([this.profiles.random(sampleSize), this.supplies?.list() ?? []]);
    if (people.length === 0 && supplies.length === 0) return undefined;
    const shares = new Map<Use, Share>(always.map((use) => [use, undefined]));
    for (const { use } of supplies) shares.set(use, undefined);
    for (const [use, share] of sharesOf(people, clock)) shares.set(use, share);
    return new KnownNames(shares);
  }
}
