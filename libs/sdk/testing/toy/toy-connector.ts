import { IsString, IsUrl } from 'class-validator';
import {
  defineConnector,
  Field,
  MillraceError,
  object,
  ok,
  rejected,
  stream,
  unchanged,
  type Connector,
  type DestinationObject,
  type Page,
  type Row,
  type Stream,
} from '../../index.ts';
import type { ContractOptions } from '../contract/options.ts';

export const secret = 'correct-horse-battery';

export class ToyConfig {
  @Field({ title: 'URL', bindsSecrets: true })
  @IsUrl({ require_tld: false })
  url!: string;

  @Field({ title: 'API key', secret: true })
  @IsString()
  apiKey!: string;
}

const people: Row[] = Array.from({ length: 7 }, (_, index) => ({ id: index + 1, name: `Person ${index + 1}` }));

export const toyStream = stream<ToyConfig, Row>({
  key: 'id',
  schema: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } }, required: ['id'] },
  outputs: { profile: { 'identities.$source': 'id', 'traits.name': 'name | trim' } },
  async *read({ resume, signal, log }): AsyncIterable<Page> {
    for (let start = Number(resume ?? 0); start < people.length; start += 2) {
      signal.throwIfAborted();
      log.debug({ start }, 'page');
      const records = people.slice(start, start + 2);
      yield { records, positions: records.map((record) => `row ${String(record.id)}`), resume: start + 2 };
    }
  },
});

export function toyObject(): DestinationObject<ToyConfig> {
  const store = new Map<string, string>();
  return object<ToyConfig>({
    key: 'id',
    modes: ['upsert'],
    idempotency: 'natural',
    async push(_ctx, rows) {
      return rows.map(({ key, record }) => {
        if (record.id === 'bad') return rejected('remote_rejected', 'This id is not allowed.');
        const text = JSON.stringify(record);
        if (store.get(key) === text) return unchanged();
        store.set(key, text);
        return ok();
      });
    },
  });
}

export interface ToyParts {
  connector?: Partial<Connector<ToyConfig>>;
  stream?: Partial<Stream<ToyConfig>>;
  object?: Partial<DestinationObject<ToyConfig>>;
}

/** A connector that fulfils the contract, with parts of it replaced. */
export function toyConnector(parts: ToyParts = {}): Connector<ToyConfig> {
  return defineConnector<ToyConfig>({
    id: 'toy',
    title: 'Toy',
    version: '1.0.0',
    config: ToyConfig,
    check: async ({ config }) => {
      if (config.apiKey !== secret) {
        throw new MillraceError('authentication_failed', 'The API key was refused. Enter another.');
      }
    },
    source: { streams: { people: { ...toyStream, ...parts.stream } } },
    destination: { objects: { person: { ...toyObject(), ...parts.object } } },
    ...parts.connector,
  });
}

export const toyOptions: ContractOptions = {
  config: { url: 'http://localhost', apiKey: secret },
  badConfig: { url: 'http://localhost', apiKey: 'wrong-horse-battery' },
  objects: { person: { rows: [{ id: 'a', name: 'Ann' }, { id: 'b' }, { id: 'bad' }] } },
  abortWithin: 200,
};
