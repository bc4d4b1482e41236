import { expect, it } from '@jest/globals';
import { pagerOf } from './pager.ts';
import type { Paging } from './paging.ts';

it('says which kinds of paging there are to whoever misspells one', () => {
  const misspelt = { kind: 'curser', next: 'next', param: 'cursor' } as unknown as Paging;
  expect(() => pagerOf(misspelt)).toThrow(
    'There is no paging of the kind "curser". Write none, page, offset, cursor or link.',
  );
});
