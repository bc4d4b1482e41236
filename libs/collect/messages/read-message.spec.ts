import { describe, expect, it } from '@jest/globals';
import { readMessage, type Message } from './index.ts';

const receivedAt = new Date('2026-03-01T12:00:00.000Z');
const read = (given: unknown, more: object = {}): Message => readMessage(given, { receivedAt, ...more });
const track = { type: 'track', event: 'E', userId: 'u', messageId: 'm' };

describe('readMessage', () => {
  it.each([
    [
      'a clock that is an hour ahead',
      '2026-03-01T12:59:00.000Z',
      '2026-03-01T13:00:00.000Z',
      '2026-03-01T11:59:00.000Z',
    ],
    [
      'a clock that is a day behind',
      '2026-02-28T11:00:00.000Z',
      '2026-02-28T12:00:00.000Z',
      '2026-03-01T11:00:00.000Z',
    ],
    ['an event of long ago', '2020-01-01T00:00:00.000Z', '2026-03-01T12:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    ['no sentAt', '2026-03-01T10:00:00.000Z', undefined, '2026-03-01T10:00:00.000Z'],
    ['a time without a zone', '2026-03-01T10:00:00', undefined, '2026-03-01T10:00:00.000Z'],
    ['no time at all', undefined, '2026-03-01T12:30:00.000Z', '2026-03-01T12:00:00.000Z'],
    ['a sentAt far off', '2026-03-01T10:00:00.000Z', '9998-03-01T12:00:00.000Z', '2026-03-01T10:00:00.000Z'],
    ['a clock that is far off', '9998-03-01T11:00:00.000Z', '9998-03-01T12:00:00.000Z', '2026-03-01T11:00:00.000Z'],
    ['a time to come', '2030-01-01T00:00:00.000Z', undefined, '2026-03-01T12:00:00.000Z'],
  ])('corrects the clock: %s', (_, timestamp, sentAt, expected) => {
    expect(read({ ...track, timestamp }, { sentAt }).timestamp).toBe(expected);
  });

  it('takes what holds for the whole batch, and the message’s own before it', () => {
    const envelope = { sentAt: '2026-03-01T12:00:00.000Z', context: { ip: '1.2.3.4', app: 'x' } };
    expect(read({ ...track, context: { app: 'y' } }, envelope)).toMatchObject({ context: { ip: '1.2.3.4', app: 'y' } });
  });

  it('takes numbers as ids, null as not said, and names what has no messageId', () => {
    expect(read({ ...track, userId: 17, anonymousId: null, messageId: null })).toMatchObject({
      userId: '17',
      messageId: expect.stringMatching(/^msg_/),
    });
  });

  it.each([
    ['nobody', { type: 'track', event: 'E' }, /userId/],
    ['an unknown type', { ...track, type: 'shout' }, /type/],
    ['no event', { ...track, event: '' }, /event/],
    ['no group', { type: 'group', userId: 'u' }, /groupId/],
    ['no previous id', { type: 'alias', userId: 'u' }, /previousId/],
    ['a long messageId', { ...track, messageId: 'x'.repeat(101) }, /messageId/],
    ['traits that are a list', { type: 'identify', userId: 'u', traits: [] }, /traits/],
    ['an operator as id', { ...track, userId: { $gt: '' } }, /userId/],
    ['a time that is none', { ...track, timestamp: 'yesterday' }, /timestamp/],
    ['a text', 'track', /object/],
  ])('refuses %s', (_, given, reason) => {
    expect(() => read(given)).toThrow(reason);
  });
});
