import { messageOf } from '@millrace/sdk';
import { readMeasure } from '../measures/index.ts';
import { readAudienceCondition } from './audience-condition.ts';
import type { StoredAudience } from './audience.schema.ts';
import type { StoredComputedTrait } from './computed-trait.schema.ts';
import {
  Derivation,
  type Building,
  type CompiledAudience,
  type CompiledComputedTrait,
  type Unreadable,
} from './derivation.ts';
import { measureOf } from './stored-measure.ts';

/** What another version of Millrace wrote may be unreadable for this one: it is told, and harms no other definition. */
export function compileDefinitions(
  revision: number,
  storedTraits: readonly StoredComputedTrait[],
  storedAudiences: readonly StoredAudience[],
  building?: Building,
): Derivation {
  const computedTraits: CompiledComputedTrait[] = [];
  const audiences: CompiledAudience[] = [];
  const unreadable: Unreadable[] = [];
  for (const stored of storedTraits) {
    try {
      const { trait, revision: since } = stored;
      computedTraits.push({ trait, revision: since, measure: readMeasure(measureOf(stored)) });
    } catch (error) {
      unreadable.push({ kind: 'computed trait', slug: stored._id, reason: messageOf(error) });
    }
  }
  const names = new Set(computedTraits.map(({ trait }) => trait));
  for (const { _id: slug, condition: text, revision: since } of storedAudiences) {
    try {
      const condition = readAudienceCondition(JSON.parse(text), (name) => names.has(name));
      audiences.push({ slug, revision: since, condition });
    } catch (error) {
      unreadable.push({ kind: 'audience', slug, reason: messageOf(error) });
    }
  }
  return new Derivation({ revision, computedTraits, audiences, unreadable, building });
}
