import type { HttpClient } from '../../connector/index.ts';
import { MillraceError, type ErrorCode } from '../../errors/index.ts';
import { isObject } from '../../is-object.ts';
import { excerpt } from '../rest/excerpt.ts';
import { askedWait } from '../rest/rate-limit.ts';
import type { GraphqlError } from './graphql-errors.ts';

export interface GraphqlAnswer {
  body: unknown;
  headers: Record<string, unknown>;
}

const advice: Partial<Record<ErrorCode, string>> = {
  rate_limited: 'It is tried again later; ask for smaller pages if this goes on.',
  authentication_failed: 'Check the credentials of the connection.',
  permission_denied: 'Give the credentials the permission for this, or leave the field out.',
  remote_rejected: 'Correct the query and its variables.',
};

/** What the errors of a GraphQL answer mean; undefined: there are none. The worst counts: the one that asks to wait. */
export function graphqlFault(
  errors: GraphqlError[],
  { body, headers }: GraphqlAnswer,
  http: HttpClient,
): MillraceError | undefined {
  const [worst] = [...errors.filter(({ code }) => code === 'rate_limited'), ...errors];
  if (!worst) return undefined;
  // A request that is not understood has no data at all; a field that failed may be there the next time.
  const code = worst.code ?? (isObject(body) && 'data' in body ? 'remote_error' : 'remote_rejected');
  const said = `${excerpt(worst.message, http)}${worst.kind === '' || worst.kind === worst.message ? '' : ` (${worst.kind})`}`;
  const message = `The GraphQL API reports an error: ${said}. ${advice[code] ?? 'It is tried again later.'}`;
  return new MillraceError(code, message, { retryAfter: code === 'rate_limited' ? waitOf(body, headers) : undefined });
}

/** Milliseconds until another attempt makes sense, as the headers or Shopify's cost tell: https://shopify.dev/docs/api/usage/limits */
function waitOf(body: unknown, headers: Record<string, unknown>): number | undefined {
  const asked = askedWait(headers);
  if (asked !== undefined) return asked;
  const cost = fieldOf(fieldOf(body, 'extensions'), 'cost');
  const bucket = fieldOf(cost, 'throttleStatus');
  const missing = Number(fieldOf(cost, 'requestedQueryCost')) - Number(fieldOf(bucket, 'currentlyAvailable'));
  const seconds = missing / Number(fieldOf(bucket, 'restoreRate'));
  return Number.isFinite(seconds) ? Math.ceil(Math.max(0, seconds) * 1_000) : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
