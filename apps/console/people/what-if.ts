/** A trait, or a property of an event, that is something else for this preview. */
export interface WhatIf {
  id: number;
  /** The name of the trait or the property. */
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
  /** What did not happen. */
  event?: { name: string; properties: WhatIf[] };
}

export const noCircumstances: Circumstance = { asOf: '', whatIfs: [] };

/** The `changes` of a preview: a number or true and false are what they look like, everything else is text. */
export function changesOf(whatIfs: readonly WhatIf[]): Record<string, unknown> | undefined {
  const named = whatIfs.filter(({ trait }) => trait.trim() !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map(({ trait, value, missing }) => [trait.trim(), missing ? null : valueOf(value)]));
}

/** The `event` of a preview. */
export function eventOf({ event }: Circumstance): { name: string; properties?: Record<string, unknown> } | undefined {
  const name = event?.name.trim();
  if (!event || !name) return undefined;
  const properties = changesOf(event.properties);
  return { name, ...(properties && { properties }) };
}

/** An id that none of them has. */
export function nextId(rows: readonly WhatIf[]): number {
  return Math.max(0, ...rows.map(({ id }) => id)) + 1;
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
