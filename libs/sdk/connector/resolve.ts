import type { AnyConnector } from './connector.ts';
import type { ConnectorContext } from './context.ts';
import type { DestinationObject } from './object.ts';
import type { Stream } from './stream.ts';

/** A connector's streams; the source is asked where it has to be. */
export async function streamsOf(connector: AnyConnector, ctx: ConnectorContext): Promise<Record<string, Stream>> {
  const streams = connector.source?.streams ?? {};
  return typeof streams === 'function' ? streams(ctx) : streams;
}

/** A connector's destination objects; the destination is asked where it has to be. */
export async function objectsOf(
  connector: AnyConnector,
  ctx: ConnectorContext,
): Promise<Record<string, DestinationObject>> {
  const objects = connector.destination?.objects ?? {};
  return typeof objects === 'function' ? objects(ctx) : objects;
}

/** One or several field paths as a list. */
export function fieldList(fields: string | string[] | undefined): string[] {
  return fields === undefined ? [] : typeof fields === 'string' ? [fields] : fields;
}
