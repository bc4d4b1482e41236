import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverOf } from './cover.ts';
import { OutcomeGroups } from './outcome-groups.ts';

type Seen = [profile: string, outcomes: string[]];

function grid(seen: Seen[]): ReturnType<typeof coverOf> {
  const groups = new OutcomeGroups();
  for (const [profile, outcomes] of seen) groups.add(profile, outcomes);
  return coverOf(groups.list());
}

describe('coverOf', () => {
  it('takes the person who shows the most, then whoever shows what is missing', () => {
    const chosen = grid([
      ['p1', ['a then', 'b else']],
      ['p2', ['a then', 'b else', 'c missing']],
      ['p3', ['a else', 'b else']],
      ['p4', ['a else', 'b else']],
      ['p5', ['a then', 'b else']],
    ]);
    expect(chosen.map(({ profile, people, standsFor }) => [profile, people, standsFor])).toEqual([
      ['p2', 1, 3],
      ['p3', 2, 2],
    ]);
  });

  it('shows one person of a mail that is the same for everybody, and nobody of nobody', () => {
    expect(grid([['p2', []], ['p1', []]])).toEqual([{ profile: 'p1', outcomes: [], people: 2, standsFor: 2 }]); // prettier-ignore
    expect(grid([])).toEqual([]);
  });

  it('covers everything with people each of whom adds something, accounts for all, and is the same in any order', () => {
    const outcome = fc.constantFrom('a then', 'a else', 'b then', 'b else', 'c missing', 'd missing', 'e nothing');
    const everybody = fc.array(fc.uniqueArray(outcome), { maxLength: 40 });
    const check = fc.property(everybody, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (all, order) => {
      const seen = all.map((outcomes, index): Seen => [`p${String(index).padStart(2, '0')}`, outcomes]);
      const chosen = grid(seen);
      expect(new Set(chosen.flatMap(({ outcomes }) => outcomes))).toEqual(new Set(all.flat()));
      const shown = new Set<string>();
      for (const [index, { outcomes }] of chosen.entries()) {
        expect(index === 0 || outcomes.some((one) => !shown.has(one))).toBe(true);
        for (const one of outcomes) shown.add(one);
      }
      expect(chosen.reduce((sum, { standsFor }) => sum + standsFor, 0)).toBe(all.length);
      const shuffled = seen.map((one, index) => ({ one, at: order[index] ?? 0 })).sort((a, b) => a.at - b.at);
      expect(grid(shuffled.map(({ one }) => one))).toEqual(chosen);
    });
    fc.assert(check, { numRuns: 200 });
  });
});
