import { lineStarts, scan, type Place } from '../guard/index.ts';
import type { BlockSources, TagOrigin } from './sources.ts';

/** A tag of a prepared source: where it starts there, and where it was written. */
export interface TagPlace {
  line: number;
  column: number;
  /** The block that it stands in; absent for the template itself. */
  block?: string;
  /** The variant of that block. */
  variant?: string;
  from: Place;
  shift?: number;
}

/** Places by tag, in order. */
export function placesOf(prepared: string, origins: TagOrigin[], written: string, blocks: BlockSources): TagPlace[] {
  const here = lineStarts(prepared);
  const sources = new Map<string, number[]>();
  const startsOf = ({ block, variant = '' }: TagOrigin): number[] => {
    const key = block === undefined ? '' : `${block} ${variant}`;
    const known = sources.get(key) ?? lineStarts(textOf(written, blocks, block, variant));
    sources.set(key, known);
    return known;
  };
  return scan(prepared).tags.flatMap(({ start }, index) => {
    const origin = origins[index];
    if (!origin) return [];
    const { block, variant, offset, shift } = origin;
    const from = placeOf(startsOf(origin), offset);
    return [
      {
        ...placeOf(here, start),
        ...(block !== undefined && { block }),
        ...(variant !== undefined && { variant }),
        from,
        ...(shift && { shift }),
      },
    ];
  });
}

/** Where a place of a prepared source was written; the place itself when no tag starts before it. */
export function placeIn(
  places: readonly TagPlace[],
  { line, column }: Place,
): Place & { block?: string; variant?: string } {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tag = places[middle];
    if (tag && (tag.line < line || (tag.line === line && tag.column <= column))) low = middle + 1;
    else high = middle;
  }
  const tag = places[low - 1];
  if (!tag) return { line, column };
  const { from, block, variant, shift = 0 } = tag;
  const lines = line - tag.line;
  const place = {
    line: from.line + lines,
    column: lines === 0 ? from.column + Math.max(0, column - tag.column - shift) : column,
  };
  return { ...place, ...(block !== undefined && { block }), ...(variant !== undefined && { variant }) };
}

function textOf(written: string, blocks: BlockSources, block: string | undefined, variant: string): string {
  if (block === undefined) return written;
  const found = blocks[block];
  return found?.variants.find(({ name }) => name === variant)?.source ?? found?.source ?? '';
}

function placeOf(starts: number[], offset: number): Place {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return { line: low, column: offset - (starts[low - 1] ?? 0) + 1 };
}
