import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@millrace/sdk';
import { isFields, type Fields, type Path } from '../documents/document.ts';

/** A field that is to be another. */
export interface Difference {
  path: Path;
  /** Absent: there was none. */
  before?: Json;
  /** Absent: there is to be none. */
  after?: Json;
  /** Said instead of the values where these are not to be shown. */
  note?: string;
}

/** Field by field, as deep as both have fields; lists count as one value, the order of fields as nothing. */
export function differencesOf(before: Fields, after: Fields, above: Path = []): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    const path = [...above, name];
    if (isDeepStrictEqual(was, is)) return [];
    if (isFields(was) && isFields(is)) return differencesOf(was, is, path);
    return [{ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}
