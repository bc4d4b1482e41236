import { describe, expect, it } from '@jest/globals';
import { rememberedFor, VerifiedKeys } from './verified-keys.ts';

const holder = { id: 'key_1', name: 'one', role: 'viewer' as const };

describe('VerifiedKeys', () => {
  it('remembers for 10 s and no longer', () => {
    const keys = new VerifiedKeys();
    keys.remember('h', holder, undefined, 1000);
    expect(keys.find('h', 1000 + rememberedFor - 1)).toEqual(holder);
    expect(keys.find('h', 1000 + rememberedFor)).toBeUndefined();
    expect(rememberedFor).toBeLessThanOrEqual(10_000);
  });

  it('remembers nothing from before the clock was set back: the key may have been revoked', () => {
    const keys = new VerifiedKeys();
    keys.remember('h', holder, undefined, 1_000_000);
    expect(keys.find('h', 900_000)).toBeUndefined();
  });

  it('remembers no key for longer than it is good', () => {
    const keys = new VerifiedKeys();
    keys.remember('h', holder, new Date(3000), 1000);
    expect([keys.find('h', 2999), keys.find('h', 3000)]).toEqual([holder, undefined]);
  });

  it('forgets a key at once, whatever it was found by', () => {
    const keys = new VerifiedKeys();
    keys.remember('a', holder);
    keys.remember('b', { ...holder, id: 'key_2' });
    keys.forget('key_1');
    expect([keys.find('a'), keys.find('b')?.id]).toEqual([undefined, 'key_2']);
  });

  it('stays small: the oldest goes first', () => {
    const keys = new VerifiedKeys();
    for (let i = 0; i < 1001; i += 1) keys.remember(`h${i}`, holder);
    expect(keys.find('h0')).toBeUndefined();
    expect(keys.find('h1')).toEqual(holder);
    expect(keys.find('h1000')).toEqual(holder);
  });
});
