import type { Traits } from './part.ts';
import { readSealed } from './sealed-trait.ts';

const longest = 80;
export const dottedI = 'i\u0307';

/** What a person is called: trait `name` or `fullName`, else first and last name; may be empty. Sensitive traits name nobody. */
export function fullName(traits: Traits): string {
  return text(traits.name) || text(traits.fullName) || `${text(traits.firstName)} ${text(traits.lastName)}`.trim();
}

/** The name that a person can be found by. */
export function nameOf(traits: Traits): { name?: string } {
  const name = searchable(fullName(traits));
  return name === '' ? {} : { name };
}

/** A text as names are searched: composed, lower case, single blanks. A Turkish capital is no other letter than i: lower case alone leaves its dot behind. */
export function searchable(given: string): string {
  const text = given.normalize('NFC').toLowerCase().replaceAll(dottedI, 'i');
  return text.replace(/\s+/g, ' ').trim().slice(0, longest);
}

function text(value: unknown): string {
  return typeof value === 'string' && readSealed(value) === undefined ? value : '';
}
