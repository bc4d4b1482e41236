import { writeKeyIn } from '../sources/index.ts';

/** The write key of a request: in its header, or in the body, where browsers put it that cannot set headers. */
export function writeKeyOf(authorization: string | undefined, body: unknown): string | undefined {
  const told = writeKeyIn(authorization) ?? (body as { writeKey?: unknown } | null | undefined)?.writeKey;
  return typeof told === 'string' && told !== '' && told.length <= 200 ? told : undefined;
}
