import { createHash } from 'node:crypto';

/** Longer record keys are hashed. */
const longest = 96;

/** The start of the keys of all parts that a stream brings. */
export function partPrefix({ connection, stream }: { connection: string; stream: string }): string {
  return `${encodeURIComponent(connection)}/${encodeURIComponent(stream)}/`;
}

/** The prefix of a part's key. */
export function prefixOf(key: string): string {
  return key.slice(0, key.indexOf('/', key.indexOf('/') + 1) + 1);
}

/** The keys of all parts that a connection brought. */
export function connectionRange(connection: string): { $gte: string; $lt: string } {
  const name = encodeURIComponent(connection);
  return { $gte: `${name}/`, $lt: `${name}0` }; // "0" comes right after "/"
}

/** Profiles with a part that a connection brought: of one part, since one before the range and one behind it are two others'. */
export function withPartsOf(connection: string): { parts: { $elemMatch: { k: ReturnType<typeof connectionRange> } } } {
  return { parts: { $elemMatch: { k: connectionRange(connection) } } };
}

/** Whether a text can be the id of a connection. */
export function isConnectionId(text: string): boolean {
  return /^con_\w{1,60}$/.test(text);
}

/** `<connection>/<stream>/<record>`, bounded. */
export function partKey(prefix: string, record: string): string {
  return prefix + (record.length <= longest ? record : `#${createHash('sha256').update(record).digest('base64url')}`);
}

export interface PartOrigin {
  connection: string;
  stream: string;
  /** The record's key in its stream (long ones: `#` and a hash). */
  key: string;
}

export function originOf(key: string): PartOrigin {
  const prefix = prefixOf(key);
  return {
    connection: connectionOf(key),
    stream: decodeURIComponent(prefix.slice(prefix.indexOf('/') + 1, -1)),
    key: key.slice(prefix.length),
  };
}

export function connectionOf(key: string): string {
  return decodeURIComponent(key.slice(0, key.indexOf('/')));
}
