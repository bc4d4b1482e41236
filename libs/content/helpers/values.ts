import { TemplateFault } from '../guard/index.ts';

/** Null, undefined and empty text: what a fallback is for. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The text of a value as Handlebars would print it; nothing for what is missing. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return JSON.stringify(value);
}

const plainDecimal = /^\s*[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** A number, or one plainly written as text, as the SDK's `plainNumber` has it (which render processes do not load); undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 64 || !plainDecimal.test(value)) return undefined;
  const number = Number(value);
  const isCut = Number.isInteger(number) && !Number.isSafeInteger(number); // an id of more digits than a number can hold
  return Number.isFinite(number) && !isCut ? number : undefined;
}

/** A list; an object counts as its values, anything else as no element. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** As `{{#if}}` sees it: empty lists are false. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

export function failed(message: string): TemplateFault {
  return new TemplateFault('template_failed', message);
}

/** An entry of an object by its name; of a list the element with a field of that name, else the one that has the key in a field. */
export function entryOf(from: unknown, key: unknown): unknown {
  const name = textOf(key);
  if (typeof from !== 'object' || from === null || name === '') return undefined;
  if (!Array.isArray(from)) return fieldOf(from, name);
  const entries = from.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null);
  const named = entries.find((entry) => fieldOf(entry, name) !== undefined);
  if (named) return fieldOf(named, name);
  return entries.find((entry) =>
    Object.values(entry).some((value) => typeof value !== 'object' && textOf(value) === name),
  );
}

/** As Handlebars looks names up: what is inherited is not seen. A name whose letters are composed otherwise than those of data names the same field, as a token does. */
export function fieldOf(from: object, name: PropertyKey): unknown {
  const own = from as Record<PropertyKey, unknown>;
  if (Object.hasOwn(from, name)) return own[name];
  const composed = typeof name === 'string' ? name.normalize('NFC') : name;
  return Object.hasOwn(from, composed) ? own[composed] : undefined;
}

/** What a block renders, as text: Handlebars escaped the values in it. */
export function unescaped(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#x27|#x60|#x3D);/g, (entity) => entities[entity] ?? entity);
}

const entities: Record<string, string> = {
  '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#x60;': '`', '&#x3D;': '=',
}; // prettier-ignore
