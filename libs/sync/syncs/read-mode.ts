import { MillraceError } from '@millrace/sdk';
import type { StreamDescription } from '#connections';
import type { SyncDto } from './sync.dto.ts';
import type { ReadMode } from './sync.schema.ts';

/** What of a stream tells how it can be read. */
export type KnownStream = Pick<StreamDescription, 'cursor' | 'incremental' | 'endless' | 'finite'>;

/** What of a sync tells how it is to be read. `startsAnew`: an object of it takes whole runs only. */
type Reading = Pick<SyncDto, 'from' | 'mode'> & { startsAnew?: boolean };

/** How a sync reads its stream, as it says or as is usual. Throws `bad_request` where the stream, or the rest of the sync, does not allow it. */
export function readModeOf(dto: SyncDto & Reading, stream: KnownStream): ReadMode {
  const { stream: name } = dto.from;
  const read = dto.read ?? usualReadMode(dto, stream);
  if (read === 'stream') checkEndless(dto, stream);
  else if (!stream.finite)
    throw refused(`Stream "${name}" has no end, so it cannot be read in full or by cursor. Choose \`read: stream\`.`);
  else if (dto.consumers !== undefined)
    throw refused('Only an endless stream has `consumers`. Leave them out, or choose `read: stream`.');
  if (read === 'incremental' && !canBeIncremental(dto, stream))
    throw refused(`Stream "${name}" has no cursor. Choose \`from.cursor\`, or read it in full.`);
  if (read === 'incremental' && dto.mode === 'mirror')
    throw refused('A mirror reads everything to know what is gone. Leave `read` out, or say "full".');
  if (read !== 'full' && dto.startsAnew)
    throw refused(
      `Each run puts its rows in the place of those of the run before, so it has to read everything. ${stream.finite ? 'Say `read: full`, or let' : 'This stream has no end: let'} the destination keep runs apart (a file: {run} in its name).`,
    );
  return read;
}

/** How it is read where nobody says it. */
export function usualReadMode({ from, mode, startsAnew }: Reading, stream: KnownStream): ReadMode {
  if (!stream.finite) return 'stream';
  if (mode === 'mirror' || startsAnew) return 'full';
  return canBeIncremental({ from }, stream) ? 'incremental' : 'full';
}

function canBeIncremental({ from }: Pick<SyncDto, 'from'>, { cursor, incremental }: KnownStream): boolean {
  return Boolean(from.cursor ?? cursor) || incremental;
}

function checkEndless({ from, schedule, mode }: SyncDto, { endless }: KnownStream): void {
  if (!endless)
    throw refused(
      `Stream "${from.stream}" cannot be followed: it has an end. Choose \`read: full\` or \`incremental\`.`,
    );
  if (schedule)
    throw refused('An endless stream is followed without a break: leave out the `schedule`, or choose another `read`.');
  if (mode === 'mirror')
    throw refused(
      'Mirroring removes what a full read no longer finds, and an endless stream has no full read. Choose `mode: upsert`.',
    );
}

function refused(message: string): MillraceError {
  return new MillraceError('bad_request', message);
}
