import { describe, expect, it } from '@jest/globals';
import type { Schema } from './schema.ts';
import { withoutSecrets } from './without-secrets.ts';

const secret: Schema = { type: 'string', 'x-secret': true };
const schema: Schema = {
  properties: {
    url: { type: 'string' },
    token: secret,
    keys: { type: 'array', items: secret },
    headers: { type: 'object', 'x-secret': true },
    smtp: { properties: { host: { type: 'string' }, password: secret } },
    hosts: { type: 'array', items: { properties: { name: { type: 'string' }, password: secret } } },
    auth: { oneOf: [{ properties: { kind: { const: 'none' } } }, { properties: { password: secret } }] },
  },
  oneOf: [{ properties: { pin: { type: 'string' } } }, { properties: { pin: secret } }],
};

describe('what may be stored of a form', () => {
  it('has no secret, however deep it lies', () => {
    expect(
      withoutSecrets(schema, {
        url: 'https://example.com',
        token: 'S',
        keys: ['S'],
        headers: { authorization: 'S' },
        smtp: { host: 'mail', password: 'S' },
        hosts: [{ name: 'a', password: 'S' }],
        auth: { kind: 'basic', password: 'S' },
        pin: 'S',
      }),
    ).toEqual({
      url: 'https://example.com',
      smtp: { host: 'mail' },
      hosts: [{ name: 'a' }],
      auth: { kind: 'basic' },
    });
  });

  it('tells that a secret is stored, or to be removed', () => {
    expect(withoutSecrets(schema, { token: '', keys: null })).toEqual({ token: '', keys: null });
  });
});
