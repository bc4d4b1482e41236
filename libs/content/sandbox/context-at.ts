import type { RenderWork } from './protocol.ts';

/** What a row's templates see: what is common to all rows, what feeds say about this one, and its own. */
export function contextAt(
  { common, feeds, rows }: Pick<RenderWork, 'common' | 'feeds' | 'rows'>,
  index: number,
): object {
  const own = feeds?.[index];
  return { ...common, ...(own && { feeds: { ...common?.feeds, ...own } }), ...rows[index] };
}
