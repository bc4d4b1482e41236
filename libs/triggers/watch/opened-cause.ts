import type { TraitCause, Traits } from '#profiles';

/** A change of a trait with its values as `open` shows them. */
export function openedCause(cause: TraitCause, open: (traits: Traits) => Traits): TraitCause {
  const opened = { ...cause };
  for (const side of ['from', 'to'] as const) {
    const value = cause[side];
    if (value !== undefined) opened[side] = open({ [cause.trait]: value })[cause.trait];
  }
  return opened;
}
