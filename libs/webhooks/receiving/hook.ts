import { compilePath, fieldList, streamsOf, type Row, type Webhooks } from '@millrace/sdk';
import type { OpenConnection } from '#connections';

/** A connection as its deliveries are taken in. */
export interface Hook {
  /** Id of the connection. */
  id: string;
  connector: string;
  webhooks: Webhooks;
  config: unknown;
  /** By stream, what a record's key is: as the engine names rows. */
  keyOf: Map<string, (record: unknown) => string | undefined>;
}

/** Undefined where the connector takes no webhooks. */
export async function hookOf({ id, connector, ctx }: OpenConnection): Promise<Hook | undefined> {
  const { webhooks } = connector;
  if (!webhooks) return undefined;
  const streams = Object.entries(await streamsOf(connector, ctx));
  const keyOf = new Map(streams.map(([name, { key }]) => [name, keyReader(fieldList(key))]));
  return { id, connector: connector.id, webhooks, config: ctx.config, keyOf };
}

function keyReader(fields: string[]): (record: unknown) => string | undefined {
  const paths = fields.map((field) => compilePath(field));
  return (record) => {
    if (typeof record !== 'object' || record === null) return undefined;
    const values = paths.map((path) => textOf(path(record as Row)));
    if (values.length === 0 || values.includes(undefined)) return undefined;
    return values.length === 1 ? values[0] : JSON.stringify(values);
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}
