import { Untranslatable, type Value } from '../expression.ts';
import type { Fields } from '../fields.ts';
import { loopName, tagLiteral } from './tags.ts';

export type Call = Extract<Value, { kind: 'call' }>;

/** A value, or a text where it is missing. */
export function isFallback({ name }: Pick<Call, 'name'>): boolean {
  return name === 'defaultIfEmpty' || name === 'insert';
}

interface Words {
  fields: Fields;
  /** What counts the rounds of a loop from 0. */
  index: string;
  /** A value that goes through a helper. @throws Untranslatable */
  called: (call: Call, inner: (value: Value) => string) => string;
}

/** Values as languages in the manner of Django's templates write them (Liquid is one). What it gives throws Untranslatable. */
export function expressions({ fields, index, called }: Words): (value: Value) => string {
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
        return called(value, inner);
    }
  };
  return inner;
}
