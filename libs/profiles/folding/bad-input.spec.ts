import { describe, expect, it } from '@jest/globals';
import { MillraceError, type PushRow, type Row } from '@millrace/sdk';
import { readConsents } from '../consents/index.ts';
import { readEvent } from '../events/index.ts';
import { defaultIdentityRules, parseIdentity } from '../identity/index.ts';
import { readOrder } from '../orders/index.ts';
import { readPart } from './index.ts';

const source = { connection: 'con_1', prefix: 'con_1/people/', run: 'run_1', rules: defaultIdentityRules };
const row = (record: Row, at = '2024-05-01T00:00:00.000Z'): PushRow => ({ op: 'upsert', key: '1', at, seq: 0, record });
const codeOf = (read: () => unknown): string => {
  try {
    read();
    return 'taken';
  } catch (error) {
    return error instanceof MillraceError ? error.code : String(error);
  }
};
const someone = { user: 1 };

describe('bad input', () => {
  it.each<[string, Row, string]>([
    ['nobody', { identities: {} }, 'identity_missing'],
    ['an empty identity', { identities: { email: ' ' } }, 'identity_missing'],
    ['a blocked identity', { identities: { email: 'test@test.com' } }, 'identity_blocked'],
    ['an operator as identity', { identities: { email: { $gt: '' } } }, 'invalid_identity'],
    ['an operator as kind', { identities: { $where: 'x' } }, 'invalid_identity'],
    ['a huge identity', { identities: { user: 'x'.repeat(10_000) } }, 'invalid_identity'],
    ['a control character', { identities: { user: 'a\u0007' } }, 'invalid_identity'],
    ['an identity of a prototype', { identities: JSON.parse('{"__proto__":"x"}') as Row }, 'invalid_identity'],
    ['a trait with a dot', { identities: someone, traits: { 'a.b': 1 } }, 'invalid_trait'],
    ['a trait with a dollar', { identities: someone, traits: { $set: 1 } }, 'invalid_trait'],
    ['a dollar inside a trait', { identities: someone, traits: { a: { $gt: 1 } } }, 'invalid_trait'],
    ['__proto__', { identities: someone, traits: JSON.parse('{"__proto__":{"admin":true}}') as Row }, 'invalid_trait'],
    ['a nameless trait', { identities: someone, traits: { '': 1 } }, 'invalid_trait'],
    ['a sealed trait', { identities: someone, traits: { a: `sealed:v1.01234567.${'A'.repeat(60)}` } }, 'invalid_trait'],
    ['a huge trait', { identities: someone, traits: { a: 'x'.repeat(300_000) } }, 'profile_too_large'],
  ])('%s is refused', (_, record, code) => {
    expect(codeOf(() => readPart(row(record), source))).toBe(code);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('a field that the object does not have is told with the object, and what can be done', () => {
    const order = () => readOrder(row({ identities: someone, id: 1, coupon: 'x' }), source);
    expect(order).toThrow(/"coupon" is no field of "order", which has: id, .*\. Map it to properties\.coupon\.$/);
    const consent = () => readConsents(row({ identities: someone, colour: 'red' }), source);
    expect(consent).toThrow(/"colour" is no field of "consent", which has: identity, .*\. Leave it out\.$/);
  });

  it('a number is a time as the mapping reads it: in seconds or milliseconds, and not a day', () => {
    const orderAt = (at: number) => readOrder(row({ identities: someone, id: 1, at }), source).head?.f.at;
    expect(orderAt(1_714_521_600)).toBe('2024-05-01T00:00:00.000Z');
    expect(orderAt(1_714_521_600_000)).toBe('2024-05-01T00:00:00.000Z');
    const seconds = row({ identities: someone, name: 'Visit', at: 1_714_521_600 });
    expect(readEvent(seconds, source).event.at).toEqual(new Date('2024-05-01T00:00:00Z'));
    expect(codeOf(() => orderAt(20_240_501))).toBe('invalid_row');
  });

  it('is told in words for where it came from', () => {
    const messageOf = (read: () => unknown): string => {
      try {
        return String(read());
      } catch (error) {
        return error instanceof MillraceError ? error.message : String(error);
      }
    };
    expect(messageOf(() => parseIdentity('email:ann'))).toBe(
      'The identity is not an e-mail address such as ann@example.com. Correct it.',
    );
    const mapped = messageOf(() => readPart(row({ identities: { email: 'ann' } }), source));
    expect(mapped).toContain('Correct it in the source, or map another field.');

    const choice = { identities: someone, channel: 'email', state: 'granted' };
    const future = messageOf(() => readConsents(row({ ...choice, at: '9999-12-31T00:00:00Z' }), source));
    expect(future).toBe('"at" lies in the future, and what is told has happened. Correct it.');
    const evidence = messageOf(() => readConsents(row({ ...choice, evidence: { 'a.b': 1 } }), source));
    expect(evidence).toMatch(/^"evidence" holds a name that cannot be stored\..* Give it another name\.$/);
    const named = messageOf(() => parseIdentity('email:ann', defaultIdentityRules, 'identity'));
    expect(named).toContain('The value of identity is not an e-mail address');
  });

  it('times in the far future are refused: they would be the newest for ever', () => {
    const far = '9999-12-31T00:00:00.000Z';
    expect(codeOf(() => readPart(row({ identities: someone }, far), source))).toBe('invalid_row');
    expect(codeOf(() => readEvent(row({ identities: someone, name: 'Visit', at: far }), source))).toBe('invalid_row');
    expect(codeOf(() => readOrder(row({ identities: someone, id: 1, at: far }), source))).toBe('invalid_row');
    expect(codeOf(() => readOrder(row({ identities: someone, id: 1, at: '2024-02-01' }), source))).toBe('taken');
  });
});
