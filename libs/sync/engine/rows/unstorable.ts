import type { ErrorCode } from '@millrace/sdk';

/** Far below what hashing, JSON and MongoDB (200) can take, and far above what rows have. */
const mostLevels = 100;
const shownLevels = 20;

/** Why a row can be neither compared nor stored; undefined: it can. The hot path: one look at each value, nothing allocated. */
export function unstorable(record: object): { code: ErrorCode; message: string } | undefined {
  const kind = strangeIn(record, mostLevels);
  if (kind === undefined) return undefined;
  if (kind === 'depth')
    return { code: 'row_too_large', message: `The row is nested more than ${mostLevels} levels deep.` };
  const message = `The row holds a ${kind}, which is no JSON data: the connector has to give numbers, texts, lists and objects.`;
  return { code: 'invalid_row', message };
}

/** A copy of anything that can be stored: what is too deep is cut off, what is no JSON data is named. */
export function storableCopy(value: unknown, levels = shownLevels, above: readonly object[] = []): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null || saysItself(value)) return value;
  if (above.includes(value)) return '[circular]';
  if (levels === 0) return '[cut off]';
  const inner = (one: unknown): unknown => storableCopy(one, levels - 1, [...above, value]);
  if (Array.isArray(value)) return value.map(inner);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]));
}

type Strange = 'depth' | 'bigint' | 'function' | 'symbol';

function strangeIn(value: object, levels: number): Strange | undefined {
  if (levels === 0) return 'depth';
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const strange = strangeAt(value[at], levels);
      if (strange !== undefined) return strange;
    }
    return undefined;
  }
  for (const name in value) {
    const strange = strangeAt((value as Record<string, unknown>)[name], levels);
    if (strange !== undefined) return strange;
  }
  return undefined;
}

function strangeAt(value: unknown, levels: number): Strange | undefined {
  const kind = typeof value;
  if (kind === 'object')
    return value === null || saysItself(value as object) ? undefined : strangeIn(value as object, levels - 1);
  return kind === 'bigint' || kind === 'function' || kind === 'symbol' ? kind : undefined;
}

/** Times, and the like of libraries, know what they are in JSON. */
function saysItself(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}
