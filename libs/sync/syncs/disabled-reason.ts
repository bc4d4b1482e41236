import type { Connections, ConnectionSummary } from '#connections';
import type { Sync } from './sync.schema.ts';

type Ends = Pick<Sync, 'from' | 'to'>;
type Summaries = ReadonlyMap<string, ConnectionSummary>;

/** The connections of syncs, asked for together. */
export function endsOf(syncs: readonly Ends[], connections: Connections): Promise<Summaries> {
  return connections.summaries(syncs.flatMap(({ from, to }) => [from.connection, to.connection]));
}

/** Why a connection of the sync cannot be used. */
export function disabledReason({ from, to }: Ends, ends: Summaries): string | undefined {
  for (const connection of [from.connection, to.connection]) {
    const summary = ends.get(connection);
    if (!summary) return `There is no connection "${connection}" any more.`;
    const { connector, name, enabled, reason: why } = summary;
    if (enabled) continue;
    return `The connector "${connector}" of connection "${name}" is disabled${why ? `: ${why}` : '.'} The sync rests until it is enabled.`;
  }
  return undefined;
}
