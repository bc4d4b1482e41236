import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { againIfOvertaken, lostRace, Overtaken } from '#platform';
import { nativeCollection, ProfileStore, type ClientSession, type Collection } from '../store/index.ts';
import { audienceModel, type StoredAudience } from './audience.schema.ts';
import { computedTraitModel, type StoredComputedTrait } from './computed-trait.schema.ts';
import { definitionsHeadModel, type DefinitionsHead } from './definitions-head.schema.ts';
import { compileDefinitions } from './compile-definitions.ts';
import type { Derivation } from './derivation.ts';

/** Milliseconds for which a process goes by what it has seen of the definitions. */
export const oldestSight = 5_000;
const head = 'head';

/** Computed traits and audiences, compiled: the same in every process within 5 s. */
@Injectable()
export class Definitions {
  readonly computedTraits: Collection<StoredComputedTrait>;
  readonly audiences: Collection<StoredAudience>;
  readonly heads: Collection<DefinitionsHead>;
  #seen: Derivation = compileDefinitions(0, [], []);
  /** How far they had been brought to everybody then. */
  #head?: DefinitionsHead;
  #seenAt = -Infinity;
  #looking?: Promise<Derivation>;

  constructor(
    @InjectModel(computedTraitModel) computedTraits: Model<StoredComputedTrait>,
    @InjectModel(audienceModel) audiences: Model<StoredAudience>,
    @InjectModel(definitionsHeadModel) heads: Model<DefinitionsHead>,
    private readonly store: ProfileStore,
  ) {
    this.computedTraits = nativeCollection<StoredComputedTrait>(computedTraits);
    this.audiences = nativeCollection<StoredAudience>(audiences);
    this.heads = nativeCollection<DefinitionsHead>(heads);
  }

  /** As they were at most 5 s ago. */
  async current(): Promise<Derivation> {
    return performance.now() - this.#seenAt < oldestSight ? this.#seen : this.latest();
  }

  /** As they are stored now. */
  async latest(): Promise<Derivation> {
    await Promise.allSettled([this.#looking]); // one that began before may have missed it
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Undefined: nobody has defined anything yet. */
  async head(): Promise<DefinitionsHead | undefined> {
    return (await this.heads.findOne({ _id: head })) ?? undefined;
  }

  /** Changes definitions as one transaction that raises the revision. Throws `conflict` when others were faster all the time. */
  async change(work: (revision: number, session: ClientSession) => Promise<void>): Promise<void> {
    await againIfOvertaken(() => this.#changeOnce(work));
    await this.latest();
  }

  async #changeOnce(work: (revision: number, session: ClientSession) => Promise<void>): Promise<void> {
    try {
      await this.store.transaction(async (session) => {
        const raised = await this.heads.findOneAndUpdate(
          { _id: head },
          { $inc: { revision: 1 }, $set: { changedAt: new Date() }, $setOnInsert: { built: 0, settled: 0 } },
          { upsert: true, returnDocument: 'after', session },
        );
        await work(raised?.revision ?? 1, session);
      });
    } catch (cause) {
      if (!lostRace(cause)) throw cause;
      throw new Overtaken('Others were changing definitions at the same time. Try again.', { cause });
    }
  }

  async #look(): Promise<Derivation> {
    const seenAt = performance.now();
    const state = await this.head(); // first: what is read after it is no older
    const revision = state?.revision ?? 0;
    if (revision !== this.#seen.revision || state?.built !== this.#head?.built) {
      const [computedTraits, audiences] = await Promise.all([
        this.computedTraits.find({}).toArray(),
        this.audiences.find({}).toArray(),
      ]);
      this.#seen = compileDefinitions(revision, computedTraits, audiences, state);
    } else if (state && !isAsFar(state, this.#head)) this.#seen = this.#seen.during(state);
    this.#head = state;
    this.#seenAt = seenAt;
    return this.#seen;
  }
}

function isAsFar({ walk }: DefinitionsHead, { walk: known }: Partial<DefinitionsHead> = {}): boolean {
  return walk?.revision === known?.revision && walk?.after === known?.after;
}
