import { expect, it } from '@jest/globals';
import { backfillText, windowOf } from './window-text.ts';

it.each([
  [{ from: '', to: ' ' }, undefined, 'whose “updated_at” lies within a window once more'],
  [{ from: ' 2026-01-01', to: '' }, { from: '2026-01-01' }, 'is 2026-01-01 or later once more'],
  [{ from: '', to: '7' }, { to: '7' }, 'is 7 or earlier once more'],
  [{ from: '5', to: '7' }, { from: '5', to: '7' }, 'lies from 5 to 7, both included, once more'],
])('%j is the window %j', (typed, window, text) => {
  expect(windowOf(typed)).toEqual(window);
  expect(backfillText('updated_at', windowOf(typed))).toContain(text);
});

it('speaks of the cursor where the sync names none of its own', () => {
  expect(backfillText(undefined, undefined)).toContain('rows whose cursor lies');
});
