import { MillraceError, type WriteMode } from '@millrace/sdk';
import type { Output } from '../engine/outputs.ts';
import type { SyncDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

/** How a sync writes: as it says, or as its first object does. Throws `bad_request` for what an object cannot. */
export function writeModeOf({ mode }: Pick<SyncDto, 'mode'>, outputs: Output<{ modes: WriteMode[] }>[]): Sync['mode'] {
  const wanted = mode ?? outputs[0]?.definition.modes[0] ?? 'upsert';
  const unable = outputs.find(({ definition }) => !canWrite(definition.modes, wanted));
  if (!unable) return wanted;
  throw new MillraceError(
    'bad_request',
    `"${unable.object}" cannot "${wanted}"; it can: ${unable.definition.modes.join(', ')}. Change \`mode\`.`,
  );
}

/** The engine makes a mirror of whatever can be upserted and deleted. */
function canWrite(modes: WriteMode[], wanted: WriteMode): boolean {
  return modes.includes(wanted) || (wanted === 'mirror' && modes.includes('upsert') && modes.includes('delete'));
}
