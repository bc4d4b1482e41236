import { randomUUID } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base 32: no I, L, O, U

/**
 * A new id such as `run_01JD3V7Q2M…`: 48 bits of time (milliseconds), then 80 random bits, in 26 letters that sort by time
 * (the layout of a ULID). Ids of one millisecond come in no particular order.
 */
export function newId(prefix: string, at: number = Date.now()): string {
  // Node draws UUIDs from a pool, far faster than single calls of randomBytes; their fixed bits are left out.
  const uuid = randomUUID();
  const some = parseInt(uuid.slice(0, 8) + uuid.slice(9, 11), 16);
  const more = parseInt(uuid.slice(26), 16);
  return `${prefix}_${letters(at, 10)}${letters(some, 8)}${letters(more, 8)}`;
}

/** Where the ids of a time begin: for ranges. */
export function lowestId(prefix: string, at: number): string {
  return `${prefix}_${letters(Math.max(0, at), 10)}`;
}

/** The last `count` base-32 digits of a number below 2^53. */
function letters(number: number, count: number): string {
  let text = '';
  let rest = number;
  for (let letter = 0; letter < count; letter++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
