import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { defaultIdentityRules, parseIdentity, readIdentities, readingsOf } from './index.ts';

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof MillraceError ? error.code : String(error);
  }
};

describe('readIdentities', () => {
  it('normalises, sorts and drops repeats', () => {
    const given = {
      email: ['  Ann@X.Com ', 'ann@x.com'],
      phone: '+44 (20) 1234-5678',
      $source: 17,
      userId: 'U1',
      anonymous: null,
    };
    expect(readIdentities(given, 'con_1')).toEqual(['con_1:17', 'email:ann@x.com', 'phone:+442012345678', 'user:U1']);
  });

  it('gives equal keys to composed and decomposed accents', () => {
    expect(readIdentities({ email: 'jose\u0301@x.com' }, 'c')).toEqual(
      readIdentities({ email: 'jos\u00e9@x.com' }, 'c'),
    );
  });

  it.each([
    ['email', 'info@x.com', ['İNFO@X.COM', '\u200binfo@x.com\ufeff', 'in\u00adfo@x.com', 'ｉｎｆｏ＠ｘ.com']],
    ['phone', '+442079460018', ['\u202a+44 20 7946 0018\u202c', '＋４４ ２０ 7946 0018', '+44\u200b2079460018']],
  ])('gives one key to every way of writing one %s', (kind, value, written) => {
    expect(readIdentities({ [kind]: written }, 'c')).toEqual([`${kind}:${value}`]);
    for (const one of written) expect(parseIdentity(`${kind}:${one}`)).toBe(`${kind}:${value}`);
  });

  it('reads the digits of a number that is uncertain in any script, and leaves none out', () => {
    expect(readIdentities({ phone: '０２０ 7946 0018' }, 'c')).toEqual(['phone:02079460018']);
  });

  it('takes nothing but marks that nobody sees as not said', () => {
    expect(readIdentities({ email: '\u200b', phone: '\u2060 ' }, 'c')).toEqual([]);
  });

  it('leaves ids as their source has them', () => {
    expect(readIdentities({ user: ['ann', 'ann\u200b', 'Ann'] }, 'c')).toHaveLength(3);
  });

  it('takes kinds of one’s own', () => {
    expect(readIdentities({ customer_id: 17 }, 'con_1')).toEqual(['customer_id:17']);
  });

  it('takes null, undefined and blanks as not said', () => {
    expect(readIdentities({ email: ' ', phone: null, user: undefined }, 'c')).toEqual([]);
    expect(readIdentities(undefined, 'c')).toEqual([]);
  });

  it.each([
    ['an operator', { email: { $gt: '' } }],
    ['a list of lists', { email: [['a@x.com']] }],
    ['a boolean', { user: true }],
    ['not a number', { user: Number.NaN }],
    ['a control character', { user: 'a\u0000b' }],
    ['a huge value', { user: 'x'.repeat(257) }],
    ['an address without a domain', { email: 'ann@' }],
    ['an address with two dots', { email: 'ann@x..com' }],
    ['an address that was cut out wrongly', { email: 'ann@x.com>' }],
    ['several addresses', { email: 'ann@x.com; bob@x.com' }],
    ['a text as phone', { phone: 'call me' }],
    ['another connection', { con_2: 17 }],
    ['a prototype', JSON.parse('{"__proto__": "x"}') as object],
    ['a text instead of an object', 'ann@x.com'],
    ['too many', { user: Array.from({ length: 33 }, (_, i) => i) }],
  ])('refuses %s', (_, identities) => {
    expect(codeOf(() => readIdentities(identities, 'con_1'))).toBe('invalid_identity');
  });

  it('keeps the value out of the message', () => {
    expect(() => readIdentities({ email: 'secret-person@' }, 'c')).toThrow(/^(?!.*secret-person).*identities\.email/);
  });
});

describe('readingsOf', () => {
  it('adds how a stored address is read today, and leaves alone what would be refused', () => {
    expect(readingsOf('email:ann\u200b@x.com', defaultIdentityRules)).toEqual([
      'email:ann\u200b@x.com',
      'email:ann@x.com',
    ]);
    expect(readingsOf('email:a：b@x.com', defaultIdentityRules)).toEqual(['email:a：b@x.com']);
  });
});

describe('parseIdentity', () => {
  it.each([
    ['email:Ann@X.com', 'email:ann@x.com'],
    ['Ann@X.com', 'email:ann@x.com'],
    ['con_01J:17', 'con_01J:17'],
    ['user:a:b', 'user:a:b'],
    ['Email:Ann@X.com', 'email:ann@x.com'],
    ['ann@x.com;', 'email:ann@x.com'],
    ['email:Ann <Ann@X.com>', 'email:ann@x.com'],
    ['PHONE: +44 20 7946 0018', 'phone:+442079460018'],
    ['userId:U1', 'user:U1'],
  ])('%s', (text, key) => expect(parseIdentity(text)).toBe(key));

  it.each([[''], ['ann'], [':x'], ['email:'], ['$where:1'], [{ $gt: '' }], [undefined]])('refuses %p', (text) => {
    expect(codeOf(() => parseIdentity(text))).toBe('invalid_identity');
  });
});
