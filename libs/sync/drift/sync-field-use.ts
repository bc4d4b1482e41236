import type { Connections } from '#connections';
import { byName } from '../by-name.ts';
import { settingsOf } from '../engine/opening/open-run.ts';
import { findStream } from '../engine/opening/stream-of.ts';
import { outputsOf } from '../engine/rows/outputs.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import type { FieldUse } from './field-readers.ts';

/** What a sync reads of a row; where it leaves the mapping or the key to the connectors, they are asked. */
export async function fieldUseOf(sync: Sync, connections: Connections): Promise<FieldUse> {
  const { from, to, read, filter } = sync;
  const stream = findStream(byName(await connections.streams(from.connection)), from.stream);
  const objects = byName(await connections.objects(to.connection));
  const { key, cursor } = settingsOf({ from, read }, stream);
  return { outputs: outputsOf(sync, stream, objects), key, cursor, filter };
}
