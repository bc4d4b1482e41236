import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addAccount,
  balances,
  emptyAccount,
  emptyLedger,
  fateOf,
  unsettledIn,
  weightier,
  type Fate,
} from './ledger.ts';

const fates: Fate[] = ['written', 'unchanged', 'superseded', 'rejected', 'filtered'];

describe('the ledger', () => {
  it('balances however the rows end, in whatever parts they are counted', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...fates))), (pages) => {
        const sum = emptyAccount();
        for (const page of pages) {
          const ledger = { ...emptyLedger(), read: page.length };
          for (const fate of page) ledger[fate]++;
          addAccount(sum, { ledger, effects: { created: page.length } });
        }
        expect(sum.ledger.read).toBe(pages.flat().length);
        expect(balances(sum.ledger)).toBe(true);
        const cutOff = { ...sum.ledger, read: sum.ledger.read + 1 };
        expect([balances(cutOff), unsettledIn(cutOff)]).toEqual([false, 1]);
      }),
    );
  });

  it('lets a refusal outweigh a write, and a write outweigh what changed nothing', () => {
    expect(weightier('written', 'rejected')).toBe('rejected');
    expect(weightier('rejected', 'written')).toBe('rejected');
    expect(weightier('unchanged', 'written')).toBe('written');
    expect(weightier(undefined, 'unchanged')).toBe('unchanged');
  });

  it('counts what may have arrived as written, and takes no unfinished outcome', () => {
    expect(fateOf({ status: 'unknown' })).toBe('written');
    expect(() => fateOf({ status: 'pending', token: 't' })).toThrow(TypeError);
  });
});
