import type { ConfigClass } from '../config/index.ts';
import { MillraceError } from '../errors/index.ts';
import type { JsonSchema } from '../json.ts';
import type { Auth } from './auth.ts';
import type { ConnectorContext } from './context.ts';
import type { HttpSettings } from './http-client.ts';
import type { DestinationObject } from './object.ts';
import type { Stream } from './stream.ts';
import type { Webhooks } from './webhooks.ts';

/** Streams that are known beforehand, or that the source has to be asked for. */
export type Streams<C> = Record<string, Stream<C>> | ((ctx: ConnectorContext<C>) => Promise<Record<string, Stream<C>>>);
export type DestinationObjects<C> =
  Record<string, DestinationObject<C>> | ((ctx: ConnectorContext<C>) => Promise<Record<string, DestinationObject<C>>>);

export interface Source<C = unknown> {
  streams: Streams<C>;
}

export interface Destination<C = unknown> {
  objects: DestinationObjects<C>;
}

export interface Connector<C = unknown> {
  /** Lower case letters, digits and hyphens; the plugin's folder has the same name. */
  id: string;
  title: string;
  description?: string;
  /** The connector's own version (semver). */
  version: string;
  /** Versions of the connector contract that it was written for, a semver range (default: any of this major version). */
  contract?: string;
  config: ConfigClass<C> | JsonSchema;
  auth?: Auth<C>;
  http?(config: C): HttpSettings;
  /** Resolves when the configuration works; throws a MillraceError that says why not. */
  check(ctx: ConnectorContext<C>): Promise<unknown>;
  source?: Source<C>;
  destination?: Destination<C>;
  webhooks?: Webhooks<C>;
}

// Inside, a connector is handled without its config's type: the schema has checked the values by then.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a connector of any config: contravariant in C, so `unknown` does not fit
export type AnyConnector = Connector<any>;

const idPattern = /^[a-z][a-z0-9-]{1,62}$/;

/** Declares a connector; a plugin's default export. Throws `invalid_connector` when it could not work. */
export function defineConnector<C>(
  connector: Connector<NoInfer<C>> & { config: ConfigClass<C> | JsonSchema },
): Connector<C> {
  const problem = problemOf(connector);
  if (problem) throw new MillraceError('invalid_connector', `Connector "${String(connector.id)}": ${problem}`);
  return connector;
}

function problemOf<C>(connector: Connector<C>): string | undefined {
  if (!idPattern.test(connector.id)) return 'its id must be lower case letters, digits and hyphens, 2 to 63 of them.';
  if (!/^\d+\.\d+\.\d+/.test(connector.version))
    return `its version "${connector.version}" is not a semantic version such as 1.0.0.`;
  if (!connector.title) return 'it has no title.';
  if (!connector.source && !connector.destination && !connector.webhooks) {
    return 'it is neither a source nor a destination: give it `source`, `destination` or `webhooks`.';
  }
  return undefined;
}
