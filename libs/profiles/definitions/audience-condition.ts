import {
  fieldSteps,
  invalidCondition,
  readTimedCondition,
  type Json,
  type Row,
  type TimedCondition,
} from '@millrace/sdk';
import { composed } from '#platform';
import { consentAnswers, headOf, readConsentMeasure, readMeasure, type CompiledMeasure } from '../measures/index.ts';

/** What conditions of audiences are about. */
export interface AudienceRow extends Row {
  traits: Row;
  /** Computed traits, by name. */
  computed: Row;
  identities: Row;
  createdAt: string;
  /** Measures, by key; those that are missing have their empty value. */
  measures: Readonly<Record<string, Json>>;
}

export interface AudienceCondition extends TimedCondition {
  /** Measures that it needs besides computed traits. */
  measures: CompiledMeasure[];
  /** Names of computed traits that it asks for. */
  computed: Set<string>;
  /** Names of traits that it asks for. */
  traits: Set<string>;
  /** What of a person its fields are of. */
  asks: ReadonlySet<Head>;
}

export type Head = 'traits' | 'computed' | 'identities' | 'createdAt';

const heads: readonly string[] = ['traits', 'computed', 'identities', 'createdAt'] satisfies Head[];
const longest = 65_536;
const mostMeasures = 20;

/**
 * Reads the condition of an audience: the SDK's conditions over `traits.…`, `computed.…`, `identities.…` and `createdAt`, with two subjects more:
 * `{ computed: { from: 'orders', within: '90d' }, is: 'atLeast', value: 2 }` (a measure) and `{ consent: { channel: 'email' }, is: 'equals', value:
 * 'granted' }`. Throws `invalid_condition` that names the place.
 */
export function readAudienceCondition(given: unknown, isComputedTrait: (name: string) => boolean): AudienceCondition {
  if ((JSON.stringify(given) ?? '').length > longest)
    throw invalidCondition('', `it is longer than ${longest / 1024} KB. Use fewer tests and shorter lists`);
  const measures = new Map<string, CompiledMeasure>();
  const computed = new Set<string>();
  const traits = new Set<string>();
  const asks = new Set<Head>();

  const subjectOf = (measure: CompiledMeasure, place: string) => {
    measures.set(measure.key, measure);
    if (measures.size > mostMeasures)
      throw invalidCondition(place, `it has more than ${mostMeasures} different measures and consents`);
    const { key, empty, words } = measure;
    return { words, read: (row: Row) => (row as AudienceRow).measures[key] ?? empty };
  };
  const condition = readTimedCondition(given, {
    checkField(field, place) {
      const head = headOf(field);
      if (!heads.includes(head))
        throw invalidCondition(place, `people have no "${head}"; a field starts with one of ${heads.join(', ')}`);
      asks.add(head as Head);
      const trait = head === 'traits' ? fieldSteps(field)[1] : undefined;
      if (trait) traits.add(composed(trait)); // as it is stored
      if (head !== 'computed') return;
      const name = /^\s*computed(?:\.|\[["'])([A-Za-z]\w*)/.exec(field)?.[1] ?? '';
      if (!isComputedTrait(name))
        throw invalidCondition(place, `there is no computed trait "${name}". GET /api/computed-traits lists them`);
      computed.add(name);
    },
    subjects: {
      computed: (measure, place) => subjectOf(readMeasure(measure, place), place),
      consent: (consent, place) => ({
        ...subjectOf(readConsentMeasure(consent, place), place),
        values: consentAnswers,
      }),
    },
  });
  return { ...condition, measures: [...measures.values()], computed, traits, asks };
}
