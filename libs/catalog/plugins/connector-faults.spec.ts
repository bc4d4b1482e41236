import { describe, expect, it } from '@jest/globals';
import { connectorFaults } from './connector-faults.ts';

const push = async () => [];
const fine = {
  id: 'acme',
  title: 'Acme',
  version: '1.0.0',
  config: { type: 'object' },
  check: async () => undefined,
  destination: { objects: { contact: { modes: ['upsert'], idempotency: 'natural', push } } },
};

const config = { type: 'object', properties: { id: {}, key: { 'x-secret': true }, open: {} } };
const auth = { type: 'oauth2', tokenUrl: 'https://acme.example/token', client: { id: 'id', secret: 'key' } };
const signsIn = { ...fine, config, http: () => ({ baseURL: 'https://acme.example' }), auth };

describe('connectorFaults', () => {
  it('finds none in a connector', () => {
    expect(connectorFaults(fine)).toEqual([]);
    expect(connectorFaults({ ...fine, source: { streams: async () => ({}) }, contract: '^0.1.0' })).toEqual([]);
    expect(connectorFaults({ ...fine, destination: undefined, webhooks: { verify: push, parse: push } })).toEqual([]);
    expect(connectorFaults({ ...fine, config: class Config {} })).toEqual([]);
    expect(connectorFaults({ ...signsIn, auth: { ...auth, refreshToken: 'key' } })).toEqual([]);
    expect(connectorFaults({ ...signsIn, auth: () => auth })).toEqual([]);
  });

  it.each([
    [undefined, 'no default export'],
    [null, 'not a connector'],
    ['text', 'not a connector'],
    [{ ...fine, id: 'Acme CRM' }, '`id`'],
    [{ ...fine, id: 17 }, '`id`'],
    [{ ...fine, title: ' ' }, '`title`'],
    [{ ...fine, version: '1.0' }, '`version`'],
    [{ ...fine, contract: 'newest please' }, '`contract`'],
    [{ ...fine, check: undefined }, '`check`'],
    [{ ...fine, http: {} }, '`http`'],
    [{ ...fine, config: undefined }, '`config`'],
    [{ ...fine, config: { type: 'nonsense' } }, '`config` cannot be used'],
    [{ ...fine, destination: undefined }, 'neither a source nor a destination'],
    [{ ...fine, source: {} }, '`source.streams`'],
    [{ ...fine, source: { streams: { a: {} } } }, 'stream "a" has neither'],
    [{ ...fine, destination: {} }, '`destination.objects`'],
    [
      { ...fine, destination: { objects: { a: { modes: ['upsert'], idempotency: 'natural' } } } },
      'object "a" has no `push`',
    ],
    [{ ...fine, destination: { objects: { a: { modes: ['replace'], idempotency: 'key', push } } } }, '`modes`'],
    [{ ...fine, destination: { objects: { a: { modes: ['insert'], idempotency: 'maybe', push } } } }, '`idempotency`'],
    [{ ...fine, webhooks: {} }, '`webhooks`'],
    [{ ...signsIn, auth: 'basic' }, '`auth`'],
    [{ ...signsIn, http: undefined }, '`auth` needs `http`'],
    [{ ...signsIn, http: undefined, auth: () => auth }, '`auth` needs `http`'],
    [{ ...signsIn, auth: { ...auth, tokenUrl: undefined } }, '`auth.tokenUrl`'],
    [{ ...signsIn, auth: { ...auth, authorizeUrl: 5 } }, '`auth.authorizeUrl`'],
    [{ ...signsIn, auth: { ...auth, clientIn: 'cookie' } }, '`auth.clientIn`'],
    [{ ...signsIn, auth: { ...auth, client: { id: 'nobody', secret: 'key' } } }, '`auth.client.id`'],
    [{ ...signsIn, auth: { ...auth, client: { id: 'id', secret: 'open' } } }, '`auth.client.secret`'],
    [{ ...signsIn, auth: { ...auth, refreshToken: 'open' } }, '`auth.refreshToken`'],
  ])('names what is wrong: %#', (candidate, words) => {
    const faults = connectorFaults(candidate);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(words);
  });

  it('names everything at once', () => {
    expect(connectorFaults({})).toHaveLength(6);
  });
});
