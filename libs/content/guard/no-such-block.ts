import { nearest } from './nearest.ts';

const mostNamed = 10;

/** For whoever writes the mail: what is meant perhaps, else which blocks there are. */
export function noSuchBlock(slug: string, known: readonly string[]): string {
  return `There is no block "${slug.slice(0, 63)}". ${adviceOn(slug, known)}`;
}

function adviceOn(slug: string, known: readonly string[]): string {
  const near = nearest(slug, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0) return 'There are no blocks yet.';
  const more = known.length > mostNamed ? ` and ${known.length - mostNamed} more` : '';
  return `There are ${known.slice(0, mostNamed).join(', ')}${more}.`;
}
