import { writeKeyIn } from '../sources/index.ts';

/** The write key of a request in its header. */
export function headerKeyOf(authorization: string | undefined): string | undefined {
  return checked(writeKeyIn(authorization));
}

/** The write key of a request in its body, where browsers put it that cannot set headers. */
export function bodyKeyOf(body: unknown): string | undefined {
  return checked((body as { writeKey?: unknown } | null | undefined)?.writeKey);
}

function checked(told: unknown): string | undefined {
  return typeof told === 'string' && told !== '' && told.length <= 200 ? told : undefined;
}
