/** Helpers that only prepared sources call; the guard of what people write knows none of them. */
export const internalHelpers = {
  /** `{{#$block 3 "card" title="x"}}`: the third block that was put in, and its arguments. */
  block: '$block',
  /** `{{#$variant "card" "vip"}}`: what shows when this variant was chosen; "" is the default. */
  variant: '$variant',
  /** `{{#$slot 3}}`: the body that the caller gave to the third block. */
  slot: '$slot',
} as const;

export const internalKnown = new Map([
  [internalHelpers.block, { least: 2 }],
  [internalHelpers.variant, { least: 2 }],
  [internalHelpers.slot, { least: 1 }],
]);
