import { isDeepStrictEqual } from 'node:util';
import { parseIsoTime, plainNumber } from '../mapping/index.ts';
import type { Json } from '../json.ts';
import type { Operator } from './condition.ts';
import { parseDuration } from './duration.ts';

/** `now`: milliseconds since 1970. */
export type Test = (value: unknown, now: number) => boolean;

interface OperatorRules {
  /** As in a sentence: `traits.age is at least 18`. */
  words: string;
  /** What `value` has to be (absent: it takes none). */
  needs?: { words: string; test: (value: Json) => boolean };
  /** Likewise, where the value is `{ ago }`. */
  agoWords?: string;
  compile(value: Json): Test;
}

const anyValue = { words: 'a value', test: () => true };
const someText = { words: 'text that is not empty', test: (value: Json) => typeof value === 'string' && value !== '' };
const someList = {
  words: 'a list of 1 to 1,000 values',
  test: (value: Json) => Array.isArray(value) && value.length >= 1 && value.length <= 1000,
};
const quantity = {
  words: "a number, an ISO time or { ago: '30d' }",
  test: (value: Json) => typeof value === 'number' || isTime(value),
};

/** Each operator: its words, the value it needs, how it is compiled. */
export const operators: Readonly<Record<Operator, OperatorRules>> = {
  equals: { words: 'is', needs: anyValue, compile: equals },
  notEquals: { words: 'is not', needs: anyValue, compile: (value) => negate(equals(value)) },
  in: { words: 'is one of', needs: someList, compile: isIn },
  notIn: { words: 'is none of', needs: someList, compile: (value) => negate(isIn(value)) },
  contains: { words: 'contains', needs: anyValue, compile: contains },
  startsWith: {
    words: 'starts with',
    needs: someText,
    compile: (start) => (value) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  },
  endsWith: {
    words: 'ends with',
    needs: someText,
    compile: (end) => (value) => typeof value === 'string' && typeof end === 'string' && value.endsWith(end),
  },
  greaterThan: {
    words: 'is greater than',
    agoWords: 'is in the last',
    needs: quantity,
    compile: comparison((a, b) => a > b),
  },
  atLeast: { words: 'is at least', agoWords: 'is in the last', needs: quantity, compile: comparison((a, b) => a >= b) },
  lessThan: {
    words: 'is less than',
    agoWords: 'is longer ago than',
    needs: quantity,
    compile: comparison((a, b) => a < b),
  },
  atMost: {
    words: 'is at most',
    agoWords: 'is longer ago than',
    needs: quantity,
    compile: comparison((a, b) => a <= b),
  },
  exists: { words: 'exists', compile: () => exists },
  missing: { words: 'is missing', compile: () => negate(exists) },
};

const exists: Test = (value) => value !== undefined && value !== null;

function negate(test: Test): Test {
  return (value, now) => !test(value, now);
}

/** Of the same kind and the same; two ISO times that are the same moment; lists and objects with the same content. */
function equals(wanted: Json): Test {
  if (typeof wanted === 'object' && wanted !== null) return (value) => isDeepStrictEqual(value, wanted);
  const time = typeof wanted === 'string' ? parseIsoTime(wanted) : undefined;
  if (time === undefined) return wanted === null ? negate(exists) : (value) => value === wanted;
  return (value) => value === wanted || momentOf(value) === time;
}

function isIn(list: Json): Test {
  const wanted = list as Json[];
  const plain = new Set<unknown>(wanted.filter((element) => typeof element !== 'object'));
  const others = wanted
    .filter(
      (element) => typeof element === 'object' || (typeof element === 'string' && parseIsoTime(element) !== undefined),
    )
    .map((element) => equals(element));
  return (value, now) => plain.has(value) || others.some((test) => test(value, now));
}

/** Text that holds a text, or a list that holds a value. */
function contains(wanted: Json): Test {
  const isWanted = equals(wanted);
  return (value, now) => {
    if (typeof value === 'string') return typeof wanted === 'string' && value.includes(wanted);
    return Array.isArray(value) && value.some((element) => isWanted(element, now));
  };
}

/** Numbers with numbers, of which some are written as text; times with times; everything else is neither more nor less. */
function comparison(compare: (a: number, b: number) => boolean): OperatorRules['compile'] {
  return (wanted) => {
    if (typeof wanted === 'number') {
      return (value) => {
        const number = plainNumber(value);
        return number !== undefined && compare(number, wanted);
      };
    }
    const ago = agoOf(wanted)?.milliseconds;
    const time = typeof wanted === 'string' ? (parseIsoTime(wanted) ?? NaN) : NaN;
    return (value, now) => {
      const moment = momentOf(value);
      return moment !== undefined && compare(moment, ago === undefined ? time : now - ago);
    };
  };
}

/** Milliseconds since 1970 of an ISO time or a Date; undefined for anything else. */
export function momentOf(value: unknown): number | undefined {
  if (typeof value === 'string') return parseIsoTime(value);
  return value instanceof Date ? value.getTime() : undefined;
}

function isTime(value: Json): boolean {
  return typeof value === 'string' ? parseIsoTime(value) !== undefined : agoOf(value) !== undefined;
}

/** The duration of `{ ago: '30d' }`. */
export function agoOf(value: Json | undefined): ReturnType<typeof parseDuration> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const names = Object.keys(value);
  return names.length === 1 && names[0] === 'ago' ? parseDuration(value.ago) : undefined;
}
