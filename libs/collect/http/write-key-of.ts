/**
 * The write key of a request: as Segment's clients send it (Basic, as user name; the colon may be missing), as a bearer, or in the body, where
 * browsers put it that cannot set headers.
 */
export function writeKeyOf(authorization: string | undefined, body: unknown): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? [];
  const told = inHeader(scheme.toLowerCase(), value) ?? (body as { writeKey?: unknown } | null | undefined)?.writeKey;
  return typeof told === 'string' && told !== '' && told.length <= 200 ? told : undefined;
}

function inHeader(scheme: string, value: string): string | undefined {
  if (scheme === 'bearer') return value;
  if (scheme !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] || undefined;
}
