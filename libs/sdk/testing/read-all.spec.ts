import { describe, expect, it } from '@jest/globals';
import { stream, type Page } from '../index.ts';
import { readAll, testContext } from './index.ts';

const numbers = stream<object, { n: number }>({
  key: 'n',
  plan: async () => [
    { id: 'low', spec: 0 },
    { id: 'high', spec: 10 },
  ],
  async *read({ slice, resume }): AsyncIterable<Page<{ n: number }>> {
    for (let n = Number(resume ?? slice.spec); n < Number(slice.spec) + 2; n++)
      yield { records: [{ n }], resume: n + 1 };
  },
});

describe('readAll', () => {
  const numbersIn = (pages: Page[]) => pages.flatMap((page) => page.records.map((record) => record.n));

  it('reads every slice', async () => {
    expect(numbersIn(await readAll(numbers, testContext({})))).toEqual([0, 1, 10, 11]);
  });

  it('reads one slice from a resume', async () => {
    const slice = { id: 'high', spec: 10 };
    expect(numbersIn(await readAll(numbers, testContext({}), { slice, resume: 11 }))).toEqual([11]);
  });
});
