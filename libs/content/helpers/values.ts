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

/** A number, or one written as text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
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
