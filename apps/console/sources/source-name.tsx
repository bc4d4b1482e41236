import { RouteLink } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import type { Source } from './use-sources.ts';

/** Where something came from: a way there, for who may go there. */
export function SourceName({ source: { name, connection } }: { source: Source }) {
  const { holder } = useSignedIn();
  if (connection === undefined || !mayOperate(holder)) return name;
  return <RouteLink to={{ room: 'connection', connection }}>{name}</RouteLink>;
}
