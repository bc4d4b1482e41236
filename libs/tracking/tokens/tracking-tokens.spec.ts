import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Vault } from '#platform';
import { TrackingTokens } from './index.ts';

const key = () => randomBytes(32).toString('base64');
const [first, second] = [key(), key()];
const mail = { person: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', message: 'msg-1', template: 'news' };
const link = { url: 'https://shop.example.com/a?b=c#d', label: 'Buy' };

describe('TrackingTokens', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('gives back what it was told, and shows nothing of it', () => {
    const tokens = new TrackingTokens(new Vault(first));
    const token = tokens.make(mail, link, 30);
    expect(tokens.read(token)).toEqual({ mail, link, madeAt: expect.any(Number) });
    expect(tokens.read(tokens.make({ person: 'p', message: 'm' }, undefined, 30))).toEqual({
      mail: { person: 'p', message: 'm' },
      madeAt: expect.any(Number),
    });
    const readable = token + Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('latin1');
    for (const text of [mail.person, mail.message, 'shop.example.com', 'Buy']) expect(readable).not.toContain(text);
  });

  it('notices every change, and what is sealed for other things', () => {
    const vault = new Vault(first);
    const tokens = new TrackingTokens(vault);
    const token = tokens.make(mail, link, 30);
    const changed = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'x' ? 'y' : 'x') + token.slice(at + 1),
    );
    const others = [
      '',
      'a.b',
      `${token}x`,
      token.slice(0, -1),
      vault.seal([1, 2], 'unsubscribe link').slice(3),
      7,
      ['a'],
      undefined,
    ];
    for (const wrong of [...changed, ...others])
      expect(() => tokens.read(wrong)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  });

  it('expires', () => {
    const tokens = new TrackingTokens(new Vault(first));
    const token = tokens.make(mail, link, 30);
    jest.useFakeTimers({ now: Date.now() + 30 * 86_400_000 + 1_000 });
    expect(() => tokens.read(token)).toThrow(expect.objectContaining({ code: 'link_expired' }));
  });

  it('reads what an old master key made, and not what a forgotten one did', () => {
    const token = new TrackingTokens(new Vault(first)).make(mail, link, 30);
    expect(new TrackingTokens(new Vault(second, [first])).read(token)).toMatchObject({ mail, link });
    expect(() => new TrackingTokens(new Vault(second)).read(token)).toThrow(
      expect.objectContaining({ code: 'unauthenticated' }),
    );
  });
});
