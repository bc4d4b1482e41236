import type { Condition } from '@millrace/sdk';
import { useOf, type Use } from './uses-of.ts';

/** What the condition of a block's variant uses; its fields are those of the template's context, with `traits.…` for traits. */
export function usesOfCondition(condition: Condition): Use[] {
  if ('field' in condition) {
    const use = useOf(condition.field.replace(/^traits\./, 'profile.traits.'));
    return use === undefined ? [] : [use];
  }
  if ('not' in condition) return usesOfCondition(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(usesOfCondition);
}
