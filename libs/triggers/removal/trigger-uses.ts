import { Injectable } from '@nestjs/common';
import { mappingReads } from '@millrace/sdk';
import type { UsedBy } from '#platform';
import { saysAudience, saysComputedTrait, traitsSaidIn } from '#profiles';
import type { TriggerAction, TriggerDefinition } from '../definition/index.ts';
import { TriggerCollections } from '../store/index.ts';
import { definitionOf } from '../triggers.ts';

/** Which triggers use something. There are at most 200. */
@Injectable()
export class TriggerUses {
  constructor(private readonly collections: TriggerCollections) {}

  /** Those that wait for it, or whose mapping asks for it. */
  ofAudience(slug: string): Promise<UsedBy[]> {
    return this.#where(
      ({ on, do: action }) =>
        ('entersAudience' in on && on.entersAudience === slug) ||
        ('leavesAudience' in on && on.leavesAudience === slug) ||
        saysAudience(mappingIn(action), slug),
    );
  }

  ofComputedTrait(trait: string): Promise<UsedBy[]> {
    return this.#where(({ do: action }) => saysComputedTrait(mappingIn(action), trait));
  }

  ofPurpose(purpose: string): Promise<UsedBy[]> {
    return this.#where(({ requires }) => requires?.purpose === purpose);
  }

  /** @param refs its id, and its slug if it has one */
  ofSync(refs: readonly string[]): Promise<UsedBy[]> {
    return this.#where(({ do: action }) => 'sync' in action && refs.includes(action.sync));
  }

  /** @param refs as for syncs */
  ofConnection(refs: readonly string[]): Promise<UsedBy[]> {
    return this.#where(({ do: action }) => 'handOver' in action && refs.includes(action.handOver.connection));
  }

  /** Of each trigger the traits that it waits for or hands over; webhooks are told of all. */
  async ofTraits(): Promise<{ slug: string; name: string; traits: string[] }[]> {
    const triggers = await this.collections.triggers.find({}, { sort: { _id: 1 } }).toArray();
    return triggers.map((trigger) => {
      const { on, do: action } = definitionOf(trigger);
      const mapping = ('handOver' in action && action.handOver.mapping) || {};
      const handedOver = traitsSaidIn(
        mappingReads(mapping)
          .map(({ field }) => field)
          .join('\n'),
      );
      const traits = [...new Set([...('trait' in on ? [on.trait] : []), ...handedOver])];
      return { slug: trigger._id, name: trigger.name, traits };
    });
  }

  async #where(uses: (definition: TriggerDefinition) => boolean): Promise<UsedBy[]> {
    const triggers = await this.collections.triggers.find({}, { sort: { _id: 1 } }).toArray();
    return triggers
      .filter((trigger) => uses(definitionOf(trigger)))
      .map(({ _id: id, name }) => ({ kind: 'trigger', id, name }));
  }
}

function mappingIn(action: TriggerAction): string {
  return 'handOver' in action ? JSON.stringify(action.handOver.mapping ?? {}) : '';
}
