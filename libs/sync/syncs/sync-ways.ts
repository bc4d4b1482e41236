import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';
import { byName } from '../by-name.ts';
import { checkOutput } from '../engine/rows/object-mapping.ts';
import { outputsOf, type Output } from '../engine/rows/outputs.ts';
import { findStream } from '../engine/opening/stream-of.ts';
import { knownEnds, knownObjects, knownStream } from './known-ends.ts';
import { readModeOf, usualReadMode } from './read-mode.ts';
import { checkMappings } from './sync-rules.ts';
import { writesOf } from './sync-writes.ts';
import { usualWriteMode, writeModeOf } from './write-mode.ts';
import type { SyncDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

type Ends = Pick<Sync, 'from' | 'to' | 'places' | 'outputs'>;
type Ways = Pick<Sync, 'read' | 'mode' | 'usual' | 'writes'>;

/** How syncs read and write. */
@Injectable()
export class SyncWays {
  constructor(private readonly connections: Connections) {}

  /** As a sync says, or as is usual. Asks the other systems about what is not as it was, and throws what they do not allow. */
  async of(dto: SyncDto, ends: Ends, existing?: Sync): Promise<Ways> {
    const known = knownEnds({ ...ends, read: dto.read, mode: dto.mode }, existing);
    const { from, to, outputs: explicit } = ends;
    const stream = known.source
      ? knownStream(known.source)
      : findStream(byName(await this.connections.streams(from.connection)), from.stream);
    const objects = known.destination
      ? knownObjects(known.destination)
      : byName(await this.connections.objects(to.connection));
    const mapped = known.source && !explicit ? known.source : undefined; // by the usual mapping, as before
    const outputs = mapped ? [] : outputsOf({ to, outputs: explicit }, stream, objects);
    if (!explicit) checkMappings(outputs); // its own were checked before anybody was asked
    for (const output of outputs) checkOutput(output);
    const mode = writeModeOf({ mode: known.destination?.mode ?? dto.mode }, outputs);
    const readWhere = (startsAnew: boolean) =>
      readModeOf({ ...dto, mode, startsAnew, read: startsAnew ? dto.read : (known.source?.read ?? dto.read) }, stream);
    let startsAnew = outputs.some(({ definition }) => definition.startsAnew);
    // A known destination took whole runs until now: whether it takes parts, it has not been asked.
    if (known.destination && existing?.read === 'full' && readWhere(false) !== 'full')
      startsAnew = await this.startsAnew(to.connection, outputs);
    const read = readWhere(startsAnew);
    const isUsual = {
      read: known.source
        ? mode === known.source.mode && known.source.usual?.includes('read')
        : read === usualReadMode({ from, mode, startsAnew }, stream),
      mode: known.destination ? known.destination.usual?.includes('mode') : mode === usualWriteMode(outputs),
    };
    return {
      ...{ read, mode, writes: mapped ? mapped.writes : writesOf(outputs) },
      usual: (['read', 'mode'] as const).filter((way) => isUsual[way]),
    };
  }

  private async startsAnew(connection: string, outputs: Pick<Output, 'object'>[]): Promise<boolean> {
    const objects = byName(await this.connections.objects(connection));
    return outputs.some(({ object }) => objects[object]?.startsAnew);
  }
}
