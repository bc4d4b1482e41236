import type { Audience } from '../api/index.ts';
import { slugOf } from '../texts/index.ts';
import { draftOfTest, testOf, type TestDraft } from './test-draft.ts';

/** An audience as one fills it in. */
export interface AudienceDraft {
  name: string;
  /** Undefined: as the name suggests. */
  slug?: string;
  description: string;
  /** Whether all tests have to hold, or one of them. */
  join: 'all' | 'any';
  tests: TestDraft[];
  /** The condition as JSON, where rows cannot say it or somebody prefers it. */
  json?: string;
  /** The edition that it was made from; undefined: nothing is saved yet. */
  madeFrom?: number;
}

export const newAudience: AudienceDraft = {
  name: '',
  description: '',
  join: 'all',
  tests: [{ id: 1, field: '', is: 'equals', value: '' }],
};

export function draftOf({ slug, name = slug, description = '', condition, edition }: Audience): AudienceDraft {
  return { name, slug, description, ...conditionDraftOf(condition), madeFrom: edition };
}

export const slugIn = ({ name, slug = slugOf(name) }: AudienceDraft): string => slug;

/** As PUT takes it. Throws a `SyntaxError` where the condition is no JSON. */
export function bodyOf(draft: AudienceDraft): Record<string, unknown> {
  const [name, description] = [draft.name.trim(), draft.description.trim()];
  return { ...(name !== '' && { name }), ...(description !== '' && { description }), condition: conditionOf(draft) };
}

/** Throws a `SyntaxError` where it is no JSON. */
export function conditionOf({ join, tests, json }: AudienceDraft): unknown {
  if (json !== undefined) return JSON.parse(json);
  const filled = tests.filter(({ field }) => field.trim() !== '').map(testOf);
  return filled.length === 1 ? filled[0] : { [join]: filled };
}

type ConditionDraft = Pick<AudienceDraft, 'join' | 'tests' | 'json'>;

/** Rows, where they say the same as the condition; otherwise its JSON. */
export function conditionDraftOf(condition: Record<string, unknown>): ConditionDraft {
  const { all, any } = condition;
  const join = all === undefined && any !== undefined ? 'any' : 'all';
  const given = Array.isArray(all) ? all : Array.isArray(any) ? any : [condition];
  const tests = given.map((test, i) => draftOfTest(test, i + 1)).filter((test) => test !== undefined);
  const draft: ConditionDraft = { join, tests };
  const isSaid = tests.length === given.length && (Object.keys(condition).length === 1 || given[0] === condition);
  return isSaid ? draft : { join: 'all', tests: [], json: JSON.stringify(condition, undefined, 2) };
}
