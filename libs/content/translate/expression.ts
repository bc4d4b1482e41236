/** Something of the person, or of an entry of a list that is gone through. */
export type Source =
  | { kind: 'person'; segments: readonly string[] }
  /** @param loop counts from 1, the outermost */
  | { kind: 'entry'; loop: number; segments: readonly string[] }
  /** `@index`, `@first`, `@last` */
  | { kind: 'position'; loop: number; name: string };

export type Literal = string | number | boolean | null;

/** What a tag says, without the syntax that it says it in. */
export type Value =
  | Source
  | { kind: 'literal'; value: Literal }
  | { kind: 'call'; name: string; args: readonly Value[]; named: Readonly<Record<string, Value>> };

export const comparisons = ['==', '!=', '>', '>=', '<', '<='] as const;
export type Comparison = (typeof comparisons)[number];

export type Condition =
  | { kind: 'present'; value: Value }
  | { kind: 'compare'; op: Comparison; a: Value; b: Value }
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition };

const opposites: Record<Comparison, Comparison> = {
  '==': '!=',
  '!=': '==',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
};

/** The same with every "not" at the very bottom, before something that is present. */
export function withoutNot(condition: Condition): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { kind: condition.kind, of: condition.of.map(withoutNot) };
  if (condition.kind !== 'not') return condition;
  const { of } = condition;
  switch (of.kind) {
    case 'not':
      return withoutNot(of.of);
    case 'compare':
      return { ...of, op: opposites[of.op] };
    case 'all':
    case 'any':
      return withoutNot({
        kind: of.kind === 'all' ? 'any' : 'all',
        of: of.of.map((one) => ({ kind: 'not', of: one })),
      });
    case 'present':
      return condition;
  }
}

/** Thrown where a vendor has no words for something; the message says why. */
export class Untranslatable extends Error {}
