import { createHash } from 'node:crypto';

const longestKey = 96;

/** Names a source record as the parts of profiles do: `<connection>/<stream>/<key>`, long keys as `#` and their SHA-256. */
export function recordName({ connection, stream }: { connection: string; stream: string }, key: string): string {
  const bounded = key.length <= longestKey ? key : `#${createHash('sha256').update(key).digest('base64url')}`;
  return `${encodeURIComponent(connection)}/${encodeURIComponent(stream)}/${bounded}`;
}
