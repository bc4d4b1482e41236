import { describe, expect, it } from '@jest/globals';
import { pageFault } from './page-fault.ts';

describe('what is a page', () => {
  it.each([
    { records: [] },
    { records: [{ id: 1 }], positions: ['line 1'], resume: 1, lane: 'a' },
    {
      records: [{}],
      deletes: [['a', 7]],
      times: { records: ['2026-01-01T00:00:00.000Z'], deletes: ['2026-01-01T00:00:00.000Z'] },
    },
    { records: [{}], times: { records: ['2026-01-01T00:00:00.000Z'] }, deletes: [['a']] },
    { records: [], rejects: [{ raw: 1, position: 'line 2', code: 'malformed_row', message: 'It is a number.' }] },
  ])('%j', (page) => {
    expect(pageFault(page)).toBeUndefined();
  });

  it.each([
    [undefined, 'is undefined, not a page such as { records, resume }'],
    [[{ id: 1 }], 'is a list, not a page such as { records, resume }'],
    [{}, 'has no list of records'],
    [{ records: null }, 'has no list of records'],
    [{ records: [{}, null] }, 'has null as record 2, not an object with fields'],
    [{ records: ['secret'] }, 'has a string as record 1, not an object with fields'],
    [{ records: [{}], positions: [] }, 'has 0 positions for 1 rows'],
    [{ records: [{}], times: {} }, 'has no list of times for 1 rows'],
    [{ records: [], deletes: [['a']], times: { records: [], deletes: [] } }, 'has 0 times of deletion for 1 rows'],
    [{ records: [], deletes: ['a'] }, 'reports a deletion that is no key, the list of the values of the key fields'],
    [{ records: [], deletes: [[null]] }, 'reports a deletion that is no key, the list of the values of the key fields'],
    [{ records: [], rejects: [null] }, 'has rejects that are no objects'],
    [{ records: [], rejects: [{ code: 'nope' }] }, 'rejects a row with the unknown code "nope"'],
    [{ records: [], rejects: [{ code: 'invalid_row' }] }, 'rejects a row without its position or message'],
  ])('not %j', (page, fault) => {
    expect(pageFault(page)).toBe(fault);
  });
});
