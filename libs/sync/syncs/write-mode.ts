import { MillraceError, type WriteMode } from '@millrace/sdk';
import type { Output } from '../engine/rows/outputs.ts';
import type { SyncDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

type Writable = Output<{ modes: WriteMode[] }>;

/** How a sync writes: as it says, or as its first object does. Throws `bad_request` for what an object cannot. */
export function writeModeOf({ mode }: Pick<SyncDto, 'mode'>, outputs: Writable[]): Sync['mode'] {
  const wanted = mode ?? usualWriteMode(outputs);
  const unable = outputs.find(({ definition }) => !canWrite(definition.modes, wanted));
  if (!unable) return wanted;
  throw new MillraceError(
    'bad_request',
    `"${unable.object}" cannot "${wanted}"; it can: ${unable.definition.modes.join(', ')}. Change \`mode\`.`,
  );
}

/** How it is written where nobody says it. */
export function usualWriteMode([first]: Writable[]): WriteMode {
  return first?.definition.modes[0] ?? 'upsert';
}

/** The engine makes a mirror of whatever can be upserted and deleted. */
function canWrite(modes: WriteMode[], wanted: WriteMode): boolean {
  return modes.includes(wanted) || (wanted === 'mirror' && modes.includes('upsert') && modes.includes('delete'));
}
