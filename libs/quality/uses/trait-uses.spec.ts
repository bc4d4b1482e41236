import { expect, it } from '@jest/globals';
import type { SurveyedSync } from '#sync';
import { syncUses } from './sync-uses.ts';
import { TraitFeeds } from './trait-feeds.ts';

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const surveyOf = (sync: object) => ({ page: async () => [{ _id: 'syn_1', name: 'One', ...sync } as SurveyedSync] });

it('tells the traits that a mapping names, however their names are written', async () => {
  const profile = {
    'identities.email': 'email',
    'traits.city': 'city',
    'traits.address.street': 'street',
    'traits["first name"]': 'first',
    "traits['Größe'].cm": 'size',
    'traits["Zu\u0308rich"]': 'z', // as it is stored: composed
    'name.traits': 'x',
  };
  const sync = {
    from: { connection: 'con_1', stream: 'rows' },
    to: { connection: 'profiles', object: 'profile' },
    outputs: { profile },
  };
  const [feed] = await allOf(new TraitFeeds(surveyOf(sync) as never).all());
  expect(feed?.traits).toEqual(['city', 'address', 'first name', 'Größe', 'Zürich']);
});

it('tells the traits that a sync brings out of the profile store, however their names are written', async () => {
  const sync = {
    from: { connection: 'profiles', stream: 'profile' },
    to: { connection: 'con_1', object: 'contact' },
    outputs: { contact: { a: 'traits.city', b: 'traits["first name"] | trim', c: "traits['last name']" } },
    filter: { field: "traits['pet name']", is: 'exists' },
  };
  const [use] = await allOf(syncUses(surveyOf(sync))());
  expect(use?.traits.sort()).toEqual(['city', 'first name', 'last name', 'pet name']);
});
