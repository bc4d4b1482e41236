import type { Json } from '@millrace/sdk';
import { canonicalJson } from '#platform';
import type { Traits } from '../folding/index.ts';

/** That a trait which somebody waits for has another value now; kept on the profile until it is told. */
export interface TraitChange {
  trait: string;
  from?: Json;
  to?: Json;
  newcomer: boolean;
  /** The version of the profile that brought it. */
  v: number;
  /** When the record that said so was changed. */
  at: Date;
}

/** Longer values are not told: whoever needs them reads the profile. */
const longestValue = 1_000;

/** @param before of somebody whom nobody knew: undefined */
export function traitChanges(
  names: ReadonlySet<string>,
  before: Traits | undefined,
  after: Traits,
  { v, at }: Pick<TraitChange, 'v' | 'at'>,
): TraitChange[] {
  return [...names].flatMap((trait) => {
    const [from, to] = [textAt(before, trait), textAt(after, trait)];
    if (from === to) return [];
    return [{ trait, ...told('from', from), ...told('to', to), newcomer: before === undefined, v, at }];
  });
}

function textAt(traits: Traits | undefined, name: string): string | undefined {
  return traits && Object.hasOwn(traits, name) ? canonicalJson(traits[name] ?? null) : undefined;
}

function told(side: 'from' | 'to', text: string | undefined): Partial<TraitChange> {
  return text === undefined || text.length > longestValue ? {} : { [side]: JSON.parse(text) as Json };
}
