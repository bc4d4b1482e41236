import { plainNumber, type Json, type Row } from '@millrace/sdk';
import { ExactSum } from './exact-sum.ts';
import type { Calculation, MeasuredRow } from './measure.ts';

/** One calculation under way. */
export interface Figure {
  add(row: MeasuredRow): void;
  /** Null: there is nothing to tell. */
  value(): Json;
}

/** So many different values of a person are told apart for the most frequent one; later ones are not looked at. */
const mostValues = 10_000;

/** Starts a calculation over what `read` gives of each row. */
export const figures: Record<Calculation, (read: (row: Row) => unknown) => Figure> = {
  count() {
    let count = 0;
    return { add: () => void count++, value: () => count };
  },
  sum: (read) => {
    const sum = new ExactSum();
    return { add: eachNumber(read, (number) => sum.add(number)), value: () => rounded(sum.value()) };
  },
  average: (read) => {
    const sum = new ExactSum();
    let count = 0;
    const add = eachNumber(read, (number) => {
      sum.add(number);
      count++;
    });
    return { add, value: () => (count === 0 ? null : rounded(sum.value() / count)) };
  },
  min: (read) => {
    let least = Infinity;
    return {
      add: eachNumber(read, (number) => (least = Math.min(least, number))),
      value: () => (least === Infinity ? null : least),
    };
  },
  max: (read) => {
    let greatest = -Infinity;
    return {
      add: eachNumber(read, (number) => (greatest = Math.max(greatest, number))),
      value: () => (greatest === -Infinity ? null : greatest),
    };
  },
  first: (read) => atTheEnd(read, -1),
  last: (read) => atTheEnd(read, 1),
  mostFrequent,
};

/** The value of the oldest (-1) or the newest (1) row that has one. */
function atTheEnd(read: (row: Row) => unknown, end: 1 | -1): Figure {
  let chosen: { at: number; id: string; value: Json } | undefined;
  return {
    add({ id, at, row }) {
      if (at === undefined) return;
      const order = chosen === undefined ? end : at - chosen.at || (id < chosen.id ? -1 : 1);
      if (order * end < 0) return;
      const value = read(row);
      if (value !== undefined && value !== null) chosen = { at, id, value: value as Json };
    },
    value: () => chosen?.value ?? null,
  };
}

/** Of equally frequent values the one that was there last. */
function mostFrequent(read: (row: Row) => unknown): Figure {
  const counts = new Map<string | number | boolean, { count: number; at: number }>();
  return {
    add({ at = -Infinity, row }) {
      for (const value of valuesOf(read(row))) {
        if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
        const known = counts.get(value);
        if (known) {
          known.count++;
          known.at = Math.max(known.at, at);
        } else if (counts.size < mostValues) counts.set(value, { count: 1, at });
      }
    },
    value() {
      const [best] = [...counts].sort(
        ([x, a], [y, b]) => b.count - a.count || (a.at === b.at ? 0 : b.at - a.at) || (String(x) < String(y) ? -1 : 1),
      );
      return best?.[0] ?? null;
    },
  };
}

/** A text that is plainly a number counts as it: events come with "12.50" as often as with 12.5. */
function eachNumber(read: (row: Row) => unknown, take: (number: number) => void): (row: MeasuredRow) => void {
  return ({ row }) => {
    for (const value of valuesOf(read(row))) {
      const number = plainNumber(value);
      if (number !== undefined) take(number);
    }
  };
}

export function valuesOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Decimal fractions without what binary ones add to them; null: more than a number can hold. */
function rounded(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 + 0 : value; // + 0: no negative zero
}
