import { describe, expect, it } from '@jest/globals';
import { missingIn } from './missing.ts';
import type { Schema } from './schema.ts';

const text = { type: 'string' };
const schema = {
  properties: {
    host: text,
    password: text,
    registry: { type: 'object', properties: { url: text }, required: ['url'] },
    streams: {
      type: 'array',
      items: { type: 'object', properties: { name: text, path: text }, required: ['name', 'path'] },
    },
  },
  required: ['host', 'password', 'streams'],
};
const paths = (value: object, stored?: string[]) => missingIn(schema, { ...value }, stored).map(({ path }) => path);

describe('what has to be filled in', () => {
  it('is what is required and not there, stored secrets left out', () => {
    expect(paths({})).toEqual(['host', 'password', 'streams']);
    expect(paths({ host: '', streams: [''] }, ['password'])).toEqual(['host', 'streams']);
  });

  it('is looked for in what was begun, and not in what was left out', () => {
    const value = {
      host: 'h',
      password: 'p',
      registry: { user: 'u' },
      streams: [{ name: 'a', path: '/a' }, { name: 'b' }],
    };
    expect(paths(value)).toEqual(['registry.url', 'streams.1.path']);
  });

  it('is that of the way that was taken', () => {
    const ways: Schema = {
      oneOf: [
        { properties: { auth: { const: 'key' }, apiKey: text }, required: ['auth', 'apiKey'] },
        { properties: { auth: { const: 'none' } }, required: ['auth'] },
      ],
    };
    expect(missingIn(ways, { auth: 'key' }).map(({ path }) => path)).toEqual(['apiKey']);
    expect(missingIn(ways, { auth: 'none' })).toEqual([]);
  });
});
