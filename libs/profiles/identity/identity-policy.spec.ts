import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import {
  defaultIdentityPolicy,
  defaultIdentityRules,
  identitiesToTry,
  identityRules,
  plainIdentities,
  readIdentities,
  type IdentityPolicy,
} from './index.ts';

const rules = (more: Partial<IdentityPolicy>) => identityRules({ ...defaultIdentityPolicy, ...more });
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof MillraceError ? error.code : String(error);
  }
};

describe('e-mail addresses', () => {
  const read = (email: string, policy: IdentityPolicy['email']) =>
    readIdentities({ email }, 'con_1', rules({ email: policy }));

  it.each([
    ['A.nn+news@Gmail.com', 'keep', 'keep', 'a.nn+news@gmail.com'],
    ['A.nn+news@Gmail.com', 'dropGmail', 'keep', 'ann+news@gmail.com'],
    ['A.nn+news@GoogleMail.com', 'dropGmail', 'dropGmail', 'ann@gmail.com'],
    ['a.nn+news@x.com', 'dropGmail', 'dropGmail', 'a.nn+news@x.com'],
    ['a.nn+news@x.com', 'dropGmail', 'drop', 'a.nn@x.com'],
    ['+news@x.com', 'keep', 'drop', '+news@x.com'],
    ['...@gmail.com', 'dropGmail', 'keep', '...@gmail.com'],
  ] as const)('%s with dots %s and tags %s is %s', (email, dots, tags, expected) => {
    expect(read(email, { dots, tags })).toEqual([`email:${expected}`]);
  });
});

describe('telephone numbers', () => {
  const read = (phone: unknown, policy: Partial<IdentityPolicy['phone']>) =>
    readIdentities({ phone }, 'con_1', rules({ phone: { region: null, uncertain: 'keep', ...policy } }));

  it.each([
    ['+44 (0)20 7946 0018', null, '+442079460018'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['0044 20 7946 0018', 'GB', '+442079460018'],
    ['+49 30 123456 ext. 12', 'GB', '+4930123456;ext=12'],
    ['020 7946 0018', null, '02079460018'],
    ['+1 555', null, '+1555'],
    [2079460018, 'GB', '+442079460018'],
  ] as const)('%s from %s is %s', (phone, region, expected) => {
    expect(read(phone, { region })).toEqual([`phone:${expected}`]);
  });

  it('are refused when the policy wants certainty', () => {
    expect(codeOf(() => read('020 7946 0018', { uncertain: 'refuse' }))).toBe('invalid_identity');
    expect(codeOf(() => read('+1 555', { uncertain: 'refuse', region: 'US' }))).toBe('invalid_identity');
    expect(read('+44 20 7946 0018', { uncertain: 'refuse' })).toEqual(['phone:+442079460018']);
    expect(codeOf(() => read('12', {}))).toBe('invalid_identity');
  });
});

describe('blocked values', () => {
  it('identify nobody, and leave the others', () => {
    expect(readIdentities({ email: 'Test@Test.com', user: 7 }, 'con_1')).toEqual(['user:7']);
    expect(readIdentities({ customer_id: 'NULL', email: 'ann@x.com' }, 'con_1')).toEqual(['email:ann@x.com']);
    expect(readIdentities({ $source: 'unknown' }, 'con_1')).toEqual(['con_1:unknown']);
    expect(codeOf(() => readIdentities({ email: 'test@test.com', user: 'n/a' }, 'con_1'))).toBe('identity_blocked');
  });

  it('may be whole domains, and are compared as the policy reads them', () => {
    const email = { dots: 'dropGmail', tags: 'drop' } as const;
    const blocking = rules({
      email,
      blocked: ['email:@Example.com', 'email:n.obody+x@gmail.com', 'phone:+44 20 7946 0018'],
    });
    const given = { email: ['a@example.com', 'nobody@gmail.com', 'a@x.example.com'], phone: '+442079460018' };
    expect(readIdentities(given, 'con_1', blocking)).toEqual(['email:a@x.example.com']);
  });

  it.each(['test@test.com', 'email:', ':x', 'email:nobody'])('refuses %p as one', (entry) => {
    expect(codeOf(() => rules({ blocked: [entry] }))).toBe('invalid_identity');
  });
});

describe('a change of the policy', () => {
  const other = rules({ email: { dots: 'dropGmail', tags: 'drop' } });

  it('leaves the names of what was said before as they were', () => {
    const given = { email: 'A.nn+x@gmail.com' };
    const before = readIdentities(given, 'con_1');
    expect(plainIdentities(given, 'con_1', defaultIdentityRules, before)).toBe(before);
    expect(plainIdentities(given, 'con_1', other, readIdentities(given, 'con_1', other))).toEqual(before);
  });

  it('still finds whom it does not read anew', () => {
    expect(identitiesToTry('A.nn@gmail.com', other)).toEqual(['email:ann@gmail.com', 'email:a.nn@gmail.com']);
    expect(identitiesToTry('user:7', other)).toEqual(['user:7']);
  });
});
