import { valueAt } from '../documents/fields.ts';
import type { Resource } from '../server/server-state.ts';

/** Whether all that a list of it names is removed. In a document the list would be empty, and so mean all there are. */
export function namesOnlyRemoved({ kind, fields, outlived }: Resource): boolean {
  return (kind.outlived ?? []).some((dotted) => {
    const [named, removed] = [valueAt(fields, dotted.split('.')), valueAt(outlived, dotted.split('.'))];
    return Array.isArray(named) && named.length === 0 && Array.isArray(removed) && removed.length > 0;
  });
}
