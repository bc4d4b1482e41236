import { expect, it } from '@jest/globals';
import { inPages } from './in-pages.ts';

async function pagesOf(
  all: string[],
  ...limits: [number, { most: number; of(one: string): number }?]
): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of inPages(
    (async function* () {
      yield* all;
    })(),
    ...limits,
  ))
    pages.push(page);
  return pages;
}

it('gives a page when it is long enough, and what is left at the end', async () => {
  expect(await pagesOf(['a', 'b', 'c', 'd', 'e'], 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(await pagesOf(['a', 'b'], 2)).toEqual([['a', 'b']]);
  expect(await pagesOf([], 2)).toEqual([]);
});

it('gives a page when it is heavy enough', async () => {
  const bytes = { most: 4, of: (one: string) => one.length };
  expect(await pagesOf(['a', 'bcde', 'f', 'g', 'h'], 3, bytes)).toEqual([
    ['a', 'bcde'],
    ['f', 'g', 'h'],
  ]);
});
