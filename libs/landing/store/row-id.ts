import { hash } from 'node:crypto';

/** Names a row in URLs without telling its key, which may be an address: 132 bits of the key's SHA-256. */
export function rowHash(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 22);
}

export function rowId(dataset: string, key: string): string {
  return `${dataset}/${rowHash(key)}`;
}

/** The `_id`s of a dataset's rows; `0` is the character after `/`. */
export function idsOf(dataset: string, after?: string): { $gt: string; $lt: string } {
  return { $gt: after === undefined ? `${dataset}/` : `${dataset}/${after}`, $lt: `${dataset}0` };
}

export function hashOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
