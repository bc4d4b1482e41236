import { errorCodes } from '../errors/index.ts';
import { isObject } from '../is-object.ts';
import type { Page } from './page.ts';

/**
 * What keeps something that a stream yields from being a page, in words; undefined: it is one. Its shape is judged, not what the records
 * hold: their values stay out of the words, too.
 */
export function pageFault(page: unknown): string | undefined {
  if (!isObject(page)) return `is ${kindOf(page)}, not a page such as { records, resume }`;
  const { records, positions, deletes = [], times, rejects = [] } = page as unknown as Page;
  if (!Array.isArray(records)) return 'has no list of records';
  const strange = records.findIndex((record) => !isObject(record));
  if (strange >= 0) return `has ${kindOf(records[strange])} as record ${strange + 1}, not an object with fields`;
  if (!Array.isArray(deletes) || !deletes.every((key) => Array.isArray(key) && key.every(isKeyValue)))
    return 'reports a deletion that is no key, the list of the values of the key fields';
  if (!Array.isArray(rejects) || rejects.some((reject) => !isObject(reject))) return 'has rejects that are no objects';
  const unknown = rejects.find(({ code }) => !Object.hasOwn(errorCodes, code));
  if (unknown) return `rejects a row with the unknown code "${unknown.code}"`;
  if (rejects.some(({ position, message }) => !position || !message))
    return 'rejects a row without its position or message';
  return (
    lengthFault('positions', positions, records) ??
    lengthFault('times', times && (times.records ?? null), records) ??
    lengthFault('times of deletion', times?.deletes, deletes)
  );
}

function lengthFault(what: string, list: unknown, of: unknown[]): string | undefined {
  if (list === undefined || (Array.isArray(list) && list.length === of.length)) return undefined;
  return `has ${Array.isArray(list) ? list.length : 'no list of'} ${what} for ${of.length} rows`;
}

function isKeyValue(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || Number.isFinite(value);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
