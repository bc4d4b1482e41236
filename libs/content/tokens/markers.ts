import type { OutputPlace } from './token.ts';

/**
 * Marks in an output where each numbered thing shows: `\ufdd0<number>\ufdd1…\ufdd2`, nested as blocks are; `\ufdd0<number>\ufdd3` within gives the
 * innermost another number. They are code points that no
 * text has a use for (Unicode 16, 23.7: noncharacters). Should data hold some all the same, or a helper change what a block
 * printed, then the text without marks is not the plain output, and nobody is told a place.
 */
const open = '\ufdd0';
const numbered = '\ufdd1';
const renumbered = '\ufdd3';
const close = '\ufdd2';
const marks = /\ufdd0(\d*)[\ufdd1\ufdd3]|\ufdd2/g;

export interface Unmarked {
  text: string;
  /** By number. */
  places: Map<number, OutputPlace[]>;
}

/** @param number absent: what is too much to be told, yet has an end */
export function openMark(number: number | undefined): string {
  return `${open}${number ?? ''}${numbered}`;
}

/** What is marked, and not closed yet, is about this one after all. */
export function otherMark(number: number | undefined): string {
  return `${open}${number ?? ''}${renumbered}`;
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
      const about = number === '' ? undefined : Number(number);
      const innermost = mark.endsWith(renumbered) ? pending.at(-1) : undefined;
      if (innermost) innermost.number = about;
      else pending.push({ number: about, start: text.length });
      continue;
    }
    const ended = pending.pop();
    if (ended?.number === undefined) continue;
    const known = places.get(ended.number) ?? [];
    places.set(ended.number, [...known, { start: ended.start, end: text.length }]);
  }
  return { text: text + marked.slice(read), places };
}
