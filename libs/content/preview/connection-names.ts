import type { ComposedToken } from '../compose/index.ts';

/** Nest token: tells the names of connections by their ids. The server binds it, since content does not know connections. */
export const CONNECTION_NAMES = Symbol('CONNECTION_NAMES');

export type ConnectionNames = (ids: string[]) => Promise<ReadonlyMap<string, string>>;

/** Adds to each token's origin what its connection is called: people know names, not ids. */
export async function withConnectionNames(
  tokens: ComposedToken[],
  names: ConnectionNames | undefined,
): Promise<ComposedToken[]> {
  const ids = [...new Set(tokens.flatMap(({ origin }) => origin?.connection ?? []))];
  if (!names || ids.length === 0) return tokens;
  const known = await names(ids);
  return tokens.map((token) => {
    const connectionName = token.origin?.connection === undefined ? undefined : known.get(token.origin.connection);
    return connectionName === undefined || !token.origin
      ? token
      : { ...token, origin: { ...token.origin, connectionName } };
  });
}
