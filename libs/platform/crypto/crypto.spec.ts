import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import fc from 'fast-check';
import { hashKey, sameSecret } from './hash-key.ts';
import { Signer } from './signer.ts';
import { Vault } from './vault.ts';

const key = () => randomBytes(32).toString('base64');
const [first, second] = [key(), key()];
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('Vault', () => {
  it('opens what it sealed, in the same place only', () => {
    const vault = new Vault(first);
    fc.assert(
      fc.property(json, fc.string(), fc.string(), (value, place, other) => {
        fc.pre(place !== other);
        const sealed = vault.seal(value, place);
        expect(vault.open(sealed, place)).toEqual(value);
        expect(() => vault.open(sealed, other)).toThrow(expect.objectContaining({ code: 'internal' }));
      }),
    );
  });

  it('notices a change of any byte', () => {
    const vault = new Vault(first);
    const sealed = vault.seal({ apiKey: 'abc' }, 'con_1');
    const [version, id, body = ''] = sealed.split('.');
    for (let at = 0; at < Buffer.from(body, 'base64url').length; at++) {
      const bytes = Buffer.from(body, 'base64url');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(() => vault.open(`${version}.${id}.${bytes.toString('base64url')}`, 'con_1')).toThrow();
    }
    expect(() => vault.open('', 'con_1')).toThrow();
    expect(() => vault.open(`${version}.${id}.AA`, 'con_1')).toThrow();
  });

  it('never seals alike twice', () => {
    const vault = new Vault(first);
    expect(vault.seal('x', 'c')).not.toBe(vault.seal('x', 'c'));
  });

  it('rotates: old keys open, new secrets use the new key, unknown keys are named', () => {
    const sealed = new Vault(first).seal('secret', 'c');
    const rotated = new Vault(second, [first]);
    expect(rotated.open(sealed, 'c')).toBe('secret');
    expect(rotated.needsRotation(sealed)).toBe(true);
    expect(rotated.needsRotation(rotated.seal('secret', 'c'))).toBe(false);
    expect(() => new Vault(second).open(sealed, 'c')).toThrow(/MILLRACE_OLD_MASTER_KEYS/);
  });

  it('refuses keys of another size', () => {
    for (const bad of ['', 'abc', randomBytes(16).toString('base64'), randomBytes(33).toString('base64')]) {
      expect(() => new Vault(bad)).toThrow(expect.objectContaining({ code: 'invalid_settings' }));
    }
  });
});

describe('Signer', () => {
  it('gives back what it signed, to nobody who changed it', () => {
    const signer = new Signer(first);
    fc.assert(fc.property(json, (payload) => expect(signer.verify(signer.sign(payload, 60_000))).toEqual(payload)));
    const [body, signature] = signer.sign({ preview: 'p1' }, 60_000).split('.');
    const forged = Buffer.from(JSON.stringify({ until: 9e15, payload: { preview: 'p2' } })).toString('base64url');
    for (const token of [
      `${forged}.${signature}`,
      `${body}.`,
      `${body}`,
      '',
      `${body}.${signature}.x`,
      new Signer(second).sign({}, 60_000),
    ]) {
      expect(() => signer.verify(token)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
    }
  });

  it('lets tokens expire', () => {
    const signer = new Signer(first);
    expect(() => signer.verify(signer.sign('x', 0))).toThrow(expect.objectContaining({ code: 'link_expired' }));
  });

  it('hashes by purpose, the same way after a rotation', () => {
    const signer = new Signer(first);
    expect(signer.hmac('a', 'x')).toMatch(/^[0-9a-f]{64}$/);
    expect(signer.hmac('a', 'x')).not.toBe(signer.hmac('b', 'x'));
    const rotated = new Signer(second, [first]);
    expect(rotated.hmac('a', 'x')).toBe(signer.hmac('a', 'x'));
    expect(rotated.verify(signer.sign('link', 60_000))).toBe('link');
  });
});

describe('hashKey', () => {
  it('is the SHA-256 of the text', () => {
    expect(hashKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abcd')).toBe(false);
  });
});
