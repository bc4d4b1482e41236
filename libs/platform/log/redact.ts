import { types } from 'node:util';
import { MillraceError } from '@millrace/sdk';

const hidden = '[redacted]';
const deepest = 8;
const mostItems = 100;
const secretKey =
  /(authorization|password|passwd|passphrase|secret|token|cookie|credential|api[-_]?key|access[-_]?key|private[-_]?key|master[-_]?key|admin[-_]?key|signature)|^(key|pass|pwd|auth)$/i;
const urlCredentials = /(?<=[a-z0-9+.-]:\/\/)[^\s/@:]*:[^\s/@]*@/gi;
const bearer = /\b(bearer|basic)\s+[a-z0-9+/=._~-]{8,}/gi;
/** Takes each word as a whole, address or not: whoever looks for the `@` from every letter takes minutes for one long word. */
const wordOrEmail = /[\p{L}\p{N}._%+-]+(@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?/gu;

/** Takes secrets and e-mail addresses out of a text: known values, credentials in URLs, `Bearer …`. In time proportional to the text, whatever it is. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, hidden);
  clean = clean.replace(bearer, `$1 ${hidden}`);
  if (!clean.includes('@')) return clean;
  return clean
    .replace(urlCredentials, `${hidden}@`)
    .replace(wordOrEmail, (word, domain?: string) => (domain === undefined ? word : '[email]'));
}

/** A copy of log fields without secrets: by the names of the keys, by known values, at most 8 levels deep and 100 items wide. */
export function redactFields(fields: object, secrets: readonly string[] = []): Record<string, unknown> {
  return copyObject(fields, secrets, 0, new Set());
}

function copyObject(
  from: object,
  secrets: readonly string[],
  depth: number,
  open: Set<object>,
): Record<string, unknown> {
  open.add(from);
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(from).slice(0, mostItems)) {
    copy[key] =
      secretKey.test(key) && value != null && typeof value !== 'boolean'
        ? hidden
        : copyValue(value, secrets, depth + 1, open);
  }
  open.delete(from);
  return copy;
}

function copyValue(value: unknown, secrets: readonly string[], depth: number, open: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return value;
  if (open.has(value)) return '[circular]';
  if (depth > deepest) return '[deep]';
  if (isError(value)) return copyError(value, secrets, depth, open);
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (!Array.isArray(value)) return copyObject(value, secrets, depth, open);
  open.add(value);
  const items = value.slice(0, mostItems).map((item) => copyValue(item, secrets, depth + 1, open));
  open.delete(value);
  return items;
}

/** Also errors of another realm, such as Node's own inside a sandbox. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** Only what an error says of itself: fields that libraries hang on errors (requests, headers, documents) are left out. */
function copyError(
  error: Error,
  secrets: readonly string[],
  depth: number,
  open: Set<object>,
): Record<string, unknown> {
  open.add(error);
  const copy: Record<string, unknown> = {
    type: error.name,
    message: redactText(error.message, secrets),
    stack: redactText(error.stack ?? '', secrets),
  };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) copy.code = error.code;
  if (error instanceof MillraceError && error.details !== undefined) {
    copy.details = copyValue(error.details, secrets, depth + 1, open);
  }
  if (error.cause !== undefined) copy.cause = copyValue(error.cause, secrets, depth + 1, open);
  open.delete(error);
  return copy;
}
