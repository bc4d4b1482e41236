import { describe, expect, it } from '@jest/globals';
import type { DryChange, DryRow } from '../api/index.ts';
import { summaryOf, valueText } from './words.ts';

const change = (kind: DryChange['change']): DryChange => ({ change: kind, differences: [] });
const row = (fate: DryRow['fate'], changes?: DryRow['changes']): DryRow => ({ source: {}, fate, changes });

describe('words about a dry run', () => {
  it('count what would be done at every object, and what would reach none', () => {
    const rows = [
      row('mapped', { profile: change('create'), consent: change('unchanged') }),
      row('mapped', { profile: change('create') }),
      row('rejected', { profile: change('rejected') }),
      row('filtered'),
      row('deleted'),
    ];
    expect(summaryOf(rows)).toBe('2 create, 1 unchanged, 1 rejected, 1 filtered, 1 delete');
    expect(summaryOf([])).toBe('');
  });

  it.each([
    ['Oslo', 'Oslo'],
    ['', '""'],
    [' ', '" "'],
    [undefined, '–'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(400), `${'x'.repeat(300)}…`],
  ])('show %j as %s', (value, text) => expect(valueText(value)).toBe(text));
});
