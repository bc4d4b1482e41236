import { describe, expect, it } from '@jest/globals';
import { defaultIdentityPolicy, identityRules, recognisedIdentities } from './index.ts';

const british = identityRules({
  ...defaultIdentityPolicy,
  email: { dots: 'dropGmail', tags: 'drop' },
  phone: { region: 'GB', uncertain: 'keep' },
});
const norwegian = identityRules({ ...defaultIdentityPolicy, phone: { region: 'NO', uncertain: 'refuse' } });

describe('identities that are recognised in a record', () => {
  it.each([
    [{ contact: { note: '020 7946 0018' } }, ['phone:+442079460018']],
    [{ line: ['(020) 7946-0018', '02079460018'] }, ['phone:+442079460018']],
    [{ mobilePhone: '2079460018' }, ['phone:+442079460018']],
    [{ TEL: 2_079_460_018 }, ['phone:+442079460018']],
    [{ uri: 'tel:0044 20 7946 0018' }, ['phone:+442079460018']],
    [{ customer: '2079460018', hotelId: '2079460018', day: '2026-11-27', version: '1.2.3' }, []],
    [{ mobile: '\u202a＋４４ 20 7946 0018\u202c' }, ['phone:+442079460018']],
    [{ mail: 'A.nn+news@gmail.com' }, ['email:ann@gmail.com']],
    [{ text: 'call 020 7946 0018', none: null, odd: '07' }, []],
  ])('%j names %j where numbers are British', (record, expected) => {
    expect(recognisedIdentities(record, british)).toEqual(expected);
  });

  it('takes no date and no bare digits for a number where every eight digits may be one', () => {
    expect(recognisedIdentities({ on: '20.11.2026', at: '2026-11-27', order: '40612345' }, norwegian)).toEqual([]);
    expect(recognisedIdentities({ phone: '40612345' }, norwegian)).toEqual(['phone:+4740612345']);
  });

  it('knows no number without its country where the policy names none', () => {
    const rules = identityRules(defaultIdentityPolicy);
    expect(recognisedIdentities({ phone: '020 7946 0018' }, rules)).toEqual([]);
    expect(recognisedIdentities({ phone: '+44 20 7946 0018' }, rules)).toEqual(['phone:+442079460018']);
  });
});
