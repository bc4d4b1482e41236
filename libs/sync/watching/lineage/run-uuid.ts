import { createHash } from 'node:crypto';

/** The namespace of our runs' UUIDs: drawn once, never to be changed. */
const namespace = Buffer.from('8e7e0e326c5942d5bdd137c522fcb02f', 'hex');

/** The UUID (version 5) of a run, for those who know runs by UUIDs: always the same one. */
export function runUuid(run: string): string {
  const bytes = createHash('sha1').update(namespace).update(run).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
