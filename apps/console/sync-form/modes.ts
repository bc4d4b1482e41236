import type { ReadMode, Stream, TargetObject, WriteMode } from '../api/index.ts';

type Readable = Pick<Stream, 'cursor' | 'incremental' | 'endless' | 'finite'>;

/** How a stream can be read. */
export function readsOf(stream: Readable, cursor: string, mode: string): ReadMode[] {
  const reads: ReadMode[] = [];
  if (stream.finite) reads.push('full');
  if (stream.finite && mode !== 'mirror' && hasCursor(stream, cursor)) reads.push('incremental');
  if (stream.endless && mode !== 'mirror') reads.push('stream');
  return reads;
}

/** How the API reads where nothing is said. */
export function usualRead(stream: Readable, cursor: string, mode: string): ReadMode {
  if (!stream.finite) return 'stream';
  return mode !== 'mirror' && hasCursor(stream, cursor) ? 'incremental' : 'full';
}

const hasCursor = (stream: Readable, cursor: string): boolean =>
  cursor !== '' || stream.cursor !== undefined || stream.incremental;

/** What all of these objects can do; the engine makes a mirror of what can be upserted and deleted. */
export function modesOf(objects: readonly Pick<TargetObject, 'modes'>[]): WriteMode[] {
  const all = objects.map(({ modes }) =>
    modes.includes('upsert') && modes.includes('delete') ? [...new Set<WriteMode>([...modes, 'mirror'])] : modes,
  );
  return (all[0] ?? []).filter((mode) => all.every((modes) => modes.includes(mode)));
}
