import type { ApiClient } from '../../../cli/index.ts';
import type { FaultyReceiver } from './faulty-receiver.ts';
import type { FaultySource } from './faulty-source.ts';

export const pageSize = 40;

const stream = (name: string) => ({
  name,
  path: `/${name}`,
  records: 'items',
  key: ['id'],
  cursor: 'updatedAt',
  paging: { kind: 'page', param: 'page', size: { param: 'per_page', value: pageSize } },
});

export interface ConnectionOptions {
  /** Of the shop, kept in Redis. */
  rate?: string;
  /** Of the destinations. */
  timeoutSeconds?: number;
}

/** A shop as the source; a CRM with keys, and two journals without. */
export async function makeConnections(
  api: ApiClient,
  source: FaultySource,
  receiver: FaultyReceiver,
  { rate, timeoutSeconds = 20 }: ConnectionOptions = {},
): Promise<void> {
  const make = (slug: string, connector: string, config: object): Promise<unknown> =>
    api.put(`/api/connections/${slug}`, { name: slug, connector, config });
  await make('shop', 'http-json', { baseUrl: source.url, rate, streams: [stream('people'), stream('orders')] });
  await make('crm', 'webhook', { url: `${receiver.url}/crm`, key: ['id'], batchSize: 15, timeoutSeconds });
  for (const journal of ['least', 'most'])
    await make(journal, 'journal', { url: `${receiver.url}/${journal}`, timeoutSeconds });
}

const record = { id: 'id', email: 'email', name: 'firstName', city: 'city' };

const syncs = {
  people: {
    from: 'people',
    to: { connection: 'profiles', object: 'profile' },
    mapping: {
      'identities.email': 'email | trim | lower',
      'identities.customer_id': 'id',
      'traits.firstName': 'firstName',
      'traits.city': 'city',
    },
  },
  orders: {
    from: 'orders',
    to: { connection: 'profiles', object: 'order' },
    mapping: {
      id: 'id',
      'identities.customer_id': 'customer',
      at: 'updatedAt',
      total: 'total',
      lines: { each: 'items', map: { id: 'sku', price: 'price', quantity: 'pieces' } },
    },
  },
  crm: { from: 'people', to: { connection: 'crm', object: 'rows' }, mapping: record },
  mirror: { from: 'people', to: { connection: 'crm', object: 'rows' }, mapping: record, mode: 'mirror', read: 'full' },
  least: { from: 'people', to: { connection: 'least', object: 'entry' }, mapping: record, delivery: 'atLeastOnce' },
  most: { from: 'people', to: { connection: 'most', object: 'entry' }, mapping: record, delivery: 'atMostOnce' },
};

export type SyncName = keyof typeof syncs;
export const allSyncs = Object.keys(syncs).filter((name) => name !== 'mirror') as SyncName[];

export async function makeSync(api: ApiClient, name: SyncName): Promise<void> {
  const { from, ...rest } = syncs[name];
  await api.put(`/api/syncs/${name}`, { name, from: { connection: 'shop', stream: from }, ...rest });
}
