import { isDeepStrictEqual } from 'node:util';
import type { Page } from '../../index.ts';

/** Pages on end that are the same. No source has so many by chance: what changes is where a page says that reading goes on. */
const many = 100;

/**
 * Whether a read gives one page over and over: it would never end, and one that waits for nothing meanwhile would not let a timer find out. A page without
 * rows is no sign of it: it may say that an export is still being made.
 */
export function standsStill(pages: Page[]): boolean {
  const last = pages.at(-1);
  if (last?.resume === undefined || last.records.length === 0 || pages.length < many) return false;
  return pages.slice(-many).every((page) => isSame(page, last));
}

function isSame(page: Page, other: Page): boolean {
  return isDeepStrictEqual(page.resume, other.resume) && isDeepStrictEqual(page.records, other.records);
}
