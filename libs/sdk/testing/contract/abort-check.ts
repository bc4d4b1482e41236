import type { Page } from '../../index.ts';
import { within } from './fault.ts';
import { fault } from './fault.ts';

/**
 * Aborts the signal after so many pages (0: before reading begins). The read has to end, by returning or throwing, within the
 * time, and may yield one more page, which was on its way.
 */
export async function checkAbort(
  what: string,
  open: (signal: AbortSignal) => AsyncIterable<Page>,
  { after, pages, milliseconds }: { after: number; pages: number; milliseconds: number },
): Promise<void> {
  if (pages < after) return;
  const controller = new AbortController();
  if (after === 0) controller.abort();
  const iterator = open(controller.signal)[Symbol.asyncIterator]();
  for (let page = 0; page < after; page++) await iterator.next();
  controller.abort();
  const late = `${what} still waits ${milliseconds} ms after its signal was aborted. Pass the signal on to whatever waits.`;
  const more = await within(milliseconds, countRest(iterator), late);
  if (more > 1)
    throw fault(`${what} yields ${more} more pages after its signal was aborted. Check the signal before each page.`);
}

async function countRest(iterator: AsyncIterator<Page>): Promise<number> {
  let count = 0;
  try {
    while (!(await iterator.next()).done) count++;
  } catch {
    // An aborted read may throw: that ends it.
  }
  return count;
}
