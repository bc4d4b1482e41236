import type { ApiClient } from '../../apps/cli/index.ts';

/** Over the customers of bench/load. */
export const audiences: Record<string, object> = {
  portugal: { field: 'traits.country', is: 'equals', value: 'PT' },
  nordics: { field: 'traits.country', is: 'in', value: ['NO', 'DK'] },
  paying: { field: 'traits.plan', is: 'notEquals', value: 'free' },
  pro: { field: 'traits.plan', is: 'equals', value: 'pro' },
  'signed-up-lately': { field: 'traits.signedUpAt', is: 'atLeast', value: { ago: '365d' } },
  'long-with-us': { field: 'traits.signedUpAt', is: 'lessThan', value: '2023-12-01' },
  'french-or-anas': {
    any: [
      { field: 'traits.country', is: 'equals', value: 'FR' },
      { field: 'traits.firstName', is: 'equals', value: 'Ana' },
    ],
  },
  'without-city': { field: 'traits.city', is: 'missing' },
  spenders: { field: 'computed.lifetimeValue', is: 'atLeast', value: 100 },
  'ordered-twice': { computed: { from: 'orders', within: '90d' }, is: 'atLeast', value: 2 },
};

const computedTraits: Record<string, object> = {
  'lifetime-value': { from: 'orders', calculate: 'sum', field: 'total' },
  'last-purchase': { from: 'orders', calculate: 'last', field: 'at' },
  'favourite-category': { from: 'orderLines', calculate: 'mostFrequent', field: 'category' },
};

/** Three computed traits and ten audiences. */
export async function define(api: ApiClient): Promise<void> {
  for (const [slug, body] of Object.entries(computedTraits)) await api.put(`/api/computed-traits/${slug}`, body);
  for (const [slug, condition] of Object.entries(audiences)) await api.put(`/api/audiences/${slug}`, { condition });
}
