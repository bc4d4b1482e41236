import type { KnownHelper } from '../guard/index.ts';

/** Helpers that only prepared sources call; the guard of what people write knows none of them. */
export const internalHelpers = {
  /** `{{#$block 3 "card" title="x"}}`: the third block that was put in, and its arguments. */
  block: '$block',
  /** `{{#$variant "card" "vip"}}`: what shows when this variant was chosen; "" is the default. */
  variant: '$variant',
  /** `{{#$slot 3}}`: the body that the caller gave to the third block. */
  slot: '$slot',
} as const;

const known = new Map<string, KnownHelper>([
  [internalHelpers.block, { least: 2 }],
  [internalHelpers.variant, { least: 2 }],
  [internalHelpers.slot, { least: 1 }],
]);

/** With those that prepared sources call, too. */
export function withInternalHelpers(helpers: ReadonlyMap<string, KnownHelper>): ReadonlyMap<string, KnownHelper> {
  return new Map([...helpers, ...known]);
}
