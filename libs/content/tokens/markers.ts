import type { OutputPlace } from './token.ts';

/**
 * Marks in an output where each numbered thing shows: `\ufdd0<number>\ufdd1…\ufdd2`, nested as blocks are. They are code points that no
 * text has a use for (Unicode 16, 23.7: noncharacters). Should data hold some all the same, or a helper change what a block
 * printed, then the text without marks is not the plain output, and nobody is told a place.
 */
const open = '\ufdd0';
const numbered = '\ufdd1';
const close = '\ufdd2';
const marks = /\ufdd0(\d*)\ufdd1|\ufdd2/g;

export interface Unmarked {
  text: string;
  /** By number. */
  places: Map<number, OutputPlace[]>;
}

/** @param number absent: what is too much to be told, yet has an end */
export function openMark(number: number | undefined): string {
  return `${open}${number ?? ''}${numbered}`;
}

export function closeMarks(count: number): string {
  return close.repeat(count);
}

/** The text without marks, and where what was marked is in it. */
export function unmark(marked: string): Unmarked {
  const places = new Map<number, OutputPlace[]>();
  const pending: { number: number | undefined; start: number }[] = [];
  let text = '';
  let read = 0;
  for (const { 0: mark, 1: number, index } of marked.matchAll(marks)) {
    text += marked.slice(read, index);
    read = index + mark.length;
    if (mark !== close) {
      pending.push({ number: number === '' ? undefined : Number(number), start: text.length });
      continue;
    }
    const ended = pending.pop();
    if (ended?.number === undefined) continue;
    const known = places.get(ended.number) ?? [];
    places.set(ended.number, [...known, { start: ended.start, end: text.length }]);
  }
  return { text: text + marked.slice(read), places };
}
