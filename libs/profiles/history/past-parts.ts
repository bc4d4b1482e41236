import type { Part } from '../folding/index.ts';
import type { Collection } from '../store/index.ts';
import type { StoredPartChange } from './part-change.schema.ts';

export interface PastParts {
  parts: Part[];
  /** The version that the profile had, or a later one that told nothing else of the person. */
  v: number;
}

/** The parts that a profile had at a moment: those of now, with every later change undone. One read by index, of the later changes. */
export async function pastParts(
  changes: Collection<StoredPartChange>,
  { _id, v, parts }: { _id: string; v: number; parts: readonly Part[] },
  at: Date,
): Promise<PastParts> {
  const oldest = await changes
    .aggregate<{ _id: string; v: number; before: Part | null }>([
      { $match: { p: _id, at: { $gt: at } } },
      { $sort: { at: 1, _id: 1 } },
      { $group: { _id: '$k', v: { $min: '$v' }, before: { $first: '$before' } } },
    ])
    .toArray();
  const past = new Map(parts.map((part) => [part.k, part]));
  for (const { _id: k, before } of oldest) {
    if (before) past.set(k, before);
    else past.delete(k);
  }
  return {
    parts: [...past.values()].sort((x, y) => (x.k < y.k ? -1 : 1)),
    v: Math.min(v, ...oldest.map((change) => change.v - 1)),
  };
}
