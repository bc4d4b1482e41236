/** MongoDB's code for a unique key that was there already. */
export const duplicateKey = 11000;

/** The `code` of a system's, driver's or library's error, whichever realm its class is of; undefined when it has none. */
export function errorCodeOf(thrown: unknown): string | number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' || typeof thrown.code === 'number' ? thrown.code : undefined;
}
