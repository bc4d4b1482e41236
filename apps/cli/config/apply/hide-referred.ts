import type { Path } from '../documents/document.ts';
import { isBeside, referenceText } from '../references/reference.ts';
import type { ReferredField } from '../references/resolve.ts';
import type { Difference } from './difference.ts';

/** What comes from outside may be anything: plans show where it comes from, not what it is. Texts that stand in files beside are shown. */
export function hideReferred(differences: Difference[], referred: ReferredField[]): Difference[] {
  return differences.map((difference) => {
    const inside = referred.filter(({ path }) => covers(difference.path, path) || covers(path, difference.path));
    const hidden = inside.filter(({ reference }) => !('$file' in reference && isBeside(reference.$file)));
    if (hidden.length === 0) return difference;
    const sources = hidden.map(({ reference }) => referenceText(reference)).join(', ');
    return { path: difference.path, note: `${difference.before === undefined ? '' : 'another value '}from ${sources}` };
  });
}

function covers(outer: Path, inner: Path): boolean {
  return outer.every((step, depth) => inner[depth] === step);
}
