import { Untranslatable, type Value } from '../expression.ts';
import type { Fields } from '../fields.ts';
import { loopName, tagLiteral } from './tags.ts';

export type Call = Extract<Value, { kind: 'call' }>;

/** A value, or a text where it is missing. */
export function isFallback({ name }: Pick<Call, 'name'>): boolean {
  return name === 'defaultIfEmpty' || name === 'insert';
}

/** The text of a fallback; SendGrid's has `default=` before it. */
export function fallbackText({ value }: Extract<Value, { kind: 'literal' }>): string {
  return String(value).replace(/^default=/, '');
}

interface Words {
  vendor: string;
  fields: Fields;
  /** What counts the rounds of a loop from 0. */
  index: string;
  /** By helper. */
  filters: Readonly<Record<string, string>>;
  /** Stands before a filter, and before its argument. */
  marks: { filter: string; argument: string };
  /** A fallback is given. */
  onFallback: () => void;
}

/** Values as languages in the manner of Django's templates write them (Liquid is one). What it gives throws Untranslatable. */
export function expressions({ vendor, fields, index, filters, marks, onFallback }: Words): (value: Value) => string {
  const inner = (value: Value): string => {
    switch (value.kind) {
      case 'literal':
        return tagLiteral(value.value);
      case 'person':
        return fields.of(value.segments);
      case 'entry':
        return [loopName(value.loop), ...value.segments].join('.');
      case 'position':
        if (value.name === 'index') return index;
        if (value.name === 'first' || value.name === 'last') return `forloop.${value.name}`;
        throw new Untranslatable(`"@${value.name}" has no counterpart`);
      case 'call':
        return called(value);
    }
  };
  const called = (call: Call): string => {
    const {
      name,
      args: [value, fallback],
    } = call;
    if (isFallback(call)) onFallback();
    const filter = filters[name];
    if (value && filter) return `${inner(value)}${marks.filter}${filter}`;
    if (value && isFallback(call) && fallback?.kind === 'literal')
      return `${inner(value)}${marks.filter}default${marks.argument}${tagLiteral(fallbackText(fallback))}`;
    throw new Untranslatable(`${vendor} has no counterpart of the helper "${name}"`);
  };
  return inner;
}
