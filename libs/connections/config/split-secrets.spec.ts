import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeSecrets, splitSecrets, valueAt, type JsonObject } from './split-secrets.ts';

const name = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer()));
const { object } = fc.letrec<{ object: JsonObject; value: unknown }>((tie) => ({
  object: fc.dictionary(name, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('object')),
}));

describe('splitSecrets and mergeSecrets', () => {
  it('give back what they took apart', () => {
    fc.assert(
      fc.property(object, fc.array(path), (config, paths) => {
        const before = JSON.stringify(config);
        const split = splitSecrets(config, paths);
        expect(sorted(mergeSecrets(split.config, split.secrets))).toEqual(sorted(config));
        expect(JSON.stringify(config)).toBe(before);
      }),
    );
  });

  it('leave no secret in the open part', () => {
    fc.assert(
      fc.property(object, path, (config, secret) => {
        const { config: open } = splitSecrets(config, [secret]);
        expect(valueAt(open, secret)).toBeUndefined();
      }),
    );
  });

  it('have nothing more to do after the first time', () => {
    fc.assert(
      fc.property(object, fc.array(path), (config, paths) => {
        const once = splitSecrets(config, paths).config;
        expect(splitSecrets(once, paths).config).toEqual(once);
      }),
    );
  });

  it('reach into objects', () => {
    const input = { host: 'h', credentials: { type: 'key', apiKey: 's3cret' } };
    expect(splitSecrets(input, ['credentials.apiKey', 'absent.one'])).toEqual({
      config: { host: 'h', credentials: { type: 'key' } },
      secrets: { 'credentials.apiKey': 's3cret' },
    });
    expect(mergeSecrets({}, { 'credentials.apiKey': 's3cret' })).toEqual({ credentials: { apiKey: 's3cret' } });
  });

  it('take an object that is given as null as one whose secrets are cleared', () => {
    expect(splitSecrets({ credentials: null }, ['credentials.apiKey'])).toEqual({
      config: { credentials: null },
      secrets: { 'credentials.apiKey': '' },
    });
  });

  it('leave out a secret whose place is taken', () => {
    expect(mergeSecrets({ credentials: 'none' }, { 'credentials.apiKey': 's3cret' })).toEqual({ credentials: 'none' });
  });
});

/** The order of keys does not count, and `__proto__` is a key like any other. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .map(([key, inner]): [string, unknown] => [key, sorted(inner)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
