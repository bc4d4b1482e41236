/** A trait that is something else for this preview. */
export interface WhatIf {
  id: number;
  trait: string;
  /** As it was typed. */
  value: string;
  /** The trait is taken away instead. */
  missing: boolean;
}

/** Under which circumstances a mail is looked at. */
export interface Circumstance {
  /** As `<input type=datetime-local>` has it, in the browser's time zone; empty: now. */
  asOf: string;
  whatIfs: WhatIf[];
}

export const noCircumstances: Circumstance = { asOf: '', whatIfs: [] };

/** The `changes` of a preview: a number or true and false are what they look like, everything else is text. */
export function changesOf(whatIfs: readonly WhatIf[]): Record<string, unknown> | undefined {
  const named = whatIfs.filter(({ trait }) => trait.trim() !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map(({ trait, value, missing }) => [trait.trim(), missing ? null : valueOf(value)]));
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
