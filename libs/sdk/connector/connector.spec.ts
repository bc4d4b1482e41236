import { describe, expect, it } from '@jest/globals';
import { testContext } from '../testing/index.ts';
import { defineConnector, fieldList, object, objectsOf, ok, stream, streamsOf, type Connector } from './index.ts';

const people = stream({ read: async function* () {} });
const person = object({
  key: 'id',
  modes: ['upsert'],
  idempotency: 'natural',
  push: async (_, rows) => rows.map(() => ok()),
});
const good: Connector = {
  id: 'toy',
  title: 'Toy',
  version: '1.0.0',
  config: { type: 'object' },
  check: async () => undefined,
  source: { streams: { people } },
};

describe('defineConnector', () => {
  it('gives the definition back', () => expect(defineConnector(good)).toBe(good));

  it.each<[Partial<Connector>, RegExp]>([
    [{ id: 'Toy' }, /lower case/],
    [{ version: '1' }, /semantic version/],
    [{ title: '' }, /no title/],
    [{ source: undefined }, /neither a source nor a destination/],
  ])('refuses %j', (part, message) => {
    expect(() => defineConnector({ ...good, ...part })).toThrow(message);
  });
});

describe('what a connector has', () => {
  const ctx = testContext({ stream: 'asked' });

  it('is declared, or asked for', async () => {
    expect(await streamsOf(good, ctx)).toEqual({ people });
    expect(await objectsOf(good, ctx)).toEqual({});
    const asking = { ...good, destination: { objects: async () => ({ person }) } };
    expect(await objectsOf(asking, ctx)).toEqual({ person });
  });

  it('fields are a list however they are written', () => {
    expect([fieldList(undefined), fieldList('a'), fieldList(['a', 'b'])]).toEqual([[], ['a'], ['a', 'b']]);
  });
});
