import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Signer } from '#platform';
import type { Message } from '../messages/index.ts';
import { identityMark } from '../inbox/index.ts';
import { arrivalOf } from './arrival-of.ts';
import { IdentityMarks } from './identity-marks.ts';

const signer = new Signer(randomBytes(32).toString('base64'));
const parts = { plan: { warningOf: () => undefined }, marks: new IdentityMarks(signer) };
const at = '2026-03-01T09:00:00.000Z';

function identitiesOf(more: Partial<Message>): string[] {
  const message: Message = { type: 'track', event: 'E', messageId: 'm', timestamp: at, receivedAt: at, ...more };
  return arrivalOf(message, 0, 'src', { receivedAt: new Date(at), read: () => message }, parts).arrival.identities;
}

describe('arrivalOf', () => {
  it.each<[Partial<Message>, string[]]>([
    [{ userId: 'u1', anonymousId: 'a1' }, ['user:u1', 'anonymous:a1']],
    [{ previousId: 'p1', userId: 'u1' }, ['user:u1', 'user:p1', 'anonymous:p1']],
    [{ identities: { user: 'u1' } }, ['user:u1']],
    [{ identities: { customer_id: '17' } }, ['customer_id:17']],
    [{ identities: { email: 'ann@example.com' } }, ['email:ann@example.com']],
    [{ userId: 'u1', properties: { mail: 'Ann@Example.com' } }, ['user:u1', 'email:ann@example.com']],
  ])('notes by whom %j is found by erasure', (more, identities) => {
    expect(identitiesOf(more)).toEqual(identities.map((identity) => identityMark(signer.hmac('identity', identity))));
  });
});
