import type { Person } from '#profiles';
import type { ComposedToken } from '../compose/index.ts';

/** Nest token: tells the names of connections by their ids. The server binds it, since content does not know connections. */
export const CONNECTION_NAMES = Symbol('CONNECTION_NAMES');

export type ConnectionNames = (ids: string[]) => Promise<ReadonlyMap<string, string>>;

/** Ids of those that said something of a person: no token can come from others. */
export function connectionsIn({ profile, orders }: Person): string[] {
  const origins = Object.values(profile.origins);
  const products = orders.flatMap(({ lines }) => lines.flatMap(({ productDetails }) => productDetails ?? []));
  const ids = [...origins, ...orders, ...products].flatMap(({ connection }) => connection ?? []);
  return [...new Set(ids)];
}

/** Adds to each token's origin what its connection is called: people know names, not ids. */
export function withConnectionNames(tokens: ComposedToken[], names: ReadonlyMap<string, string>): ComposedToken[] {
  return tokens.map((token) => {
    const connectionName = token.origin?.connection === undefined ? undefined : names.get(token.origin.connection);
    return connectionName === undefined || !token.origin
      ? token
      : { ...token, origin: { ...token.origin, connectionName } };
  });
}
