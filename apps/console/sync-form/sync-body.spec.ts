import { describe, expect, it } from '@jest/globals';
import type { Connection, Stream, Sync, TargetObject } from '../api/index.ts';
import { settle, type Ends } from './settle.ts';
import { bodyOf } from './sync-body.ts';
import { draftOf, isSameDraft, newDraft, type SyncDraft } from './sync-draft.ts';

const sync: Sync & Record<string, unknown> = {
  id: 'syn_1',
  slug: 'people',
  name: 'People',
  state: 'ok',
  reason: 'It is ok.',
  from: { connection: 'con_1', stream: 'rows', key: ['id', 'a,b'], cursor: 'at' },
  to: { connection: 'profiles' },
  outputs: {
    profile: {
      'identities.email': 'email | trim ',
      'traits.source': { value: { shop: [1, null] } },
      'traits.name': { template: '{{a}} {{b}}' },
      lines: { each: 'items', map: { id: 'sku' } },
    },
    consent: { state: { value: true } },
  },
  filter: { field: 'a', is: 'exists' },
  read: 'incremental',
  mode: 'upsert',
  delivery: 'atLeastOnce',
  drift: 'pause',
  labels: ['shop', 'a, b', ' c'],
  paused: true,
  schedule: { cron: '0 6 * * *' },
  ofTomorrow: { kept: true },
  revision: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const sent = (draft: SyncDraft, ends: Ends = { connections: [] }, base?: Sync): Record<string, unknown> =>
  JSON.parse(JSON.stringify(bodyOf(settle(draft, ends), base))) as Record<string, unknown>;

describe('what is sent of a sync', () => {
  it('is what was saved where nothing was changed: rules that are no text, and what the form does not know of', () => {
    const { id: _id, state: _state, reason: _reason, revision: _revision, ...rest } = sync;
    const { createdAt: _createdAt, updatedAt: _updatedAt, ...kept } = rest;
    expect(sent(draftOf(sync), undefined, sync)).toEqual(kept);
  });

  it('leaves a mapping that is as usual to the connector', () => {
    const { outputs: _outputs, ...usual } = sync;
    expect(sent(draftOf(usual as Sync), undefined, usual as Sync)).not.toHaveProperty('outputs');
  });

  it('has no schedule where a stream is followed, and consumers only there', () => {
    const draft = { ...draftOf(sync), consumers: '2' };
    expect(sent(draft)).not.toHaveProperty('consumers');
    const followed = sent({ ...draft, read: 'stream' });
    expect(followed).toMatchObject({ consumers: 2 });
    expect(followed).not.toHaveProperty('schedule');
  });
});

describe('a new sync', () => {
  const connection = (id: string, name: string) => ({ id, name }) as Connection;
  const rows: Stream = {
    ...{ name: 'rows', title: 'Rows', key: ['id'], incremental: false, endless: false, finite: true },
    schema: { type: 'object', properties: { id: {}, email: {} } },
  };
  const object = (name: string): TargetObject => ({
    name,
    title: name,
    key: [],
    modes: ['upsert'],
    idempotency: 'natural',
  });
  const profile = {
    ...object('profile'),
    schema: { properties: { identities: { type: 'object' } }, required: ['identities'] },
  };
  const ends: Ends = {
    connections: [
      connection('con_1', 'Customer list'),
      connection('profiles', 'Profile store'),
      connection('con_2', 'Shop'),
    ],
    streams: [rows],
    objects: [profile, object('consent')],
  };
  const blank = newDraft('con_1', '', 'Europe/Berlin');

  it('has the only stream, what is suggested, and a name of its ends', () => {
    expect(sent({ ...blank, to: { connection: 'profiles', object: 'profile' } }, ends)).toEqual({
      name: 'Customer list',
      from: { connection: 'con_1', stream: 'rows' },
      to: { connection: 'profiles', object: 'profile' },
      outputs: { profile: { 'identities.$source': 'id', 'identities.email': 'email' } },
      labels: [],
    });
    expect(settle({ ...blank, to: { connection: 'con_2' } }, ends).name).toBe('Customer list → Shop');
    expect(settle({ ...blank, name: 'Mine' }, ends).name).toBe('Mine');
    expect(
      settle(
        { ...blank, from: { ...blank.from, stream: 'rows' } },
        { ...ends, streams: [rows, { ...rows, name: 'b' }] },
      ).name,
    ).toBe('Customer list: Rows');
  });

  it('goes where the stream says, by the mappings that it brings', () => {
    const outputs = { profile: { 'identities.email': 'mail' }, unknown: {} };
    const known = { ...ends, streams: [{ ...rows, outputs }] };
    const settled = settle(blank, known);
    expect(settled).toMatchObject({ object: '', isUsual: true });
    expect(settled.outputs).toEqual([{ object: 'profile', rows: [{ target: 'identities.email', rule: 'mail' }] }]);
    expect(sent(blank, known)).not.toHaveProperty('outputs');
  });

  it('keeps what was written for an object that another destination does not have', () => {
    const outputs = [{ object: 'profile', rows: [{ target: 'id', rule: 'id' }] }];
    const draft = { ...blank, to: { connection: 'con_2' }, outputs };
    expect(settle(draft, { ...ends, objects: [object('rows')] })).toMatchObject({
      object: 'rows',
      outputs: [{ object: 'rows', rows: [{ target: 'id', rule: 'id' }] }],
    });
  });
});

it('a draft is the same however its parts came together', () => {
  const draft = draftOf(sync);
  const { outputs, ...rest } = draft;
  expect(isSameDraft({ outputs, ...rest }, draft)).toBe(true);
  expect(isSameDraft({ ...draft, to: { ...draft.to, object: 'profile' } }, draft)).toBe(false);
  expect(isSameDraft({ ...draft, outputs: outputs?.slice(1) }, draft)).toBe(false);
});
