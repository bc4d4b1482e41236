import { Injectable } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log } from '#platform';
import { compileTrigger, type CompiledDefinition, type TriggerDefinition } from '../definition/index.ts';
import { TriggerCollections, type StoredTrigger } from '../store/index.ts';

/** A trigger as it is stored, compiled. */
export interface KnownTrigger extends CompiledDefinition {
  slug: string;
  stored: StoredTrigger;
}

/** Milliseconds for which a process goes by what it has seen. */
const oldestSight = 2_000;

/** The triggers that are not paused, compiled: the same in every process within 2 s. */
@Injectable()
export class KnownTriggers {
  readonly #compiled = new Map<string, KnownTrigger>();
  #seen: KnownTrigger[] = [];
  #seenAt = -Infinity;
  #looking?: Promise<KnownTrigger[]>;

  constructor(
    private readonly collections: TriggerCollections,
    private readonly log: Log,
  ) {}

  /** As they were at most 2 s ago. */
  async current(): Promise<readonly KnownTrigger[]> {
    return performance.now() - this.#seenAt < oldestSight ? this.#seen : this.latest();
  }

  async latest(): Promise<readonly KnownTrigger[]> {
    await Promise.allSettled([this.#looking]); // one that began before may have missed a change
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<KnownTrigger[]> {
    const seenAt = performance.now();
    const stored = await this.collections.triggers.find({ paused: false }, { sort: { _id: 1 } }).toArray();
    this.#seen = stored.flatMap((trigger) => this.#compile(trigger) ?? []);
    for (const slug of this.#compiled.keys()) if (!stored.some(({ _id }) => _id === slug)) this.#compiled.delete(slug);
    this.#seenAt = seenAt;
    return this.#seen;
  }

  /** One that another version has written may be unreadable for this one: it is told, and harms no other. */
  #compile(stored: StoredTrigger): KnownTrigger | undefined {
    const slug = stored._id;
    const known = this.#compiled.get(slug);
    const same = known?.stored.definition === stored.definition; // revisions of one that is made anew begin anew
    try {
      const definition = same ? known : compileTrigger(JSON.parse(stored.definition) as TriggerDefinition);
      const trigger = { ...definition, slug, stored };
      this.#compiled.set(slug, trigger);
      return trigger;
    } catch (error) {
      this.log.error({ trigger: slug, error: messageOf(error) }, 'a trigger cannot be read, and does not fire');
      return undefined;
    }
  }
}
