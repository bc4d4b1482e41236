import type { Schema } from './schema.ts';

export const titleOf = ({ title }: Schema, name: string): string => title ?? name;

/** What a field is for, and what is without it. */
export function hintOf({ description, default: usual }: Schema): string | undefined {
  const without = usualText(usual);
  const words = [description, without && `Default: ${without}.`].filter(Boolean).join(' ');
  return words === '' ? undefined : words;
}

/** A default as it may stand in a sentence; undefined where it says nothing. */
function usualText(usual: unknown): string | undefined {
  if (typeof usual === 'string' && usual !== '') return usual;
  if (typeof usual === 'number') return String(usual);
  if (Array.isArray(usual) && usual.length > 0 && usual.every((one) => typeof one === 'string'))
    return usual.join(', ');
  return undefined;
}

/** What stands in an empty field: an example, and that it is one. */
export function exampleOf({ examples = [] }: Schema): string | undefined {
  const [text] = examples.slice(0, 1).flat();
  return typeof text === 'string' || typeof text === 'number' ? `such as ${text}` : undefined;
}

/** What has been entered as text; anything else as JSON. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
