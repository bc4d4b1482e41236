import type { ErrorCode } from '../../errors/index.ts';
import { isObject } from '../../is-object.ts';

/** What went wrong with a request, or with one field of its answer: https://spec.graphql.org/October2021/#sec-Errors */
export interface GraphqlError {
  message: string;
  /** Where in the answer the field is that has no value, from `data` on. */
  path: (string | number)[];
  /** Which kind of error it is, where the API says so: `extensions.code` (Apollo, Shopify) or `type` (GitHub). */
  kind: string;
  /** What that is in our words; undefined: it is none that is known. */
  code?: ErrorCode;
}

const codes: [RegExp, ErrorCode][] = [
  [/throttle|rate_?limit|too_?many_?requests|budget_exhausted/i, 'rate_limited'],
  [/unauthenticated|unauthorized/i, 'authentication_failed'],
  [/forbidden|access_?denied|insufficient_scopes/i, 'permission_denied'],
  [/timeout|timed_?out/i, 'timeout'],
  [/internal|unavailable|server_?error/i, 'remote_error'],
];
const fields = new Set(['data', 'errors', 'extensions']);

/** The errors of a GraphQL answer, whatever its status; none where it is no such answer. */
export function graphqlErrors(body: unknown): GraphqlError[] {
  if (!isObject(body) || !Array.isArray(body.errors)) return [];
  const errors: unknown[] = body.errors;
  const isGraphql = Object.keys(body).every((name) => fields.has(name)) && errors.every(isError);
  return isGraphql ? errors.map(errorOf) : [];
}

/** Errors about one record of a list each, by its place there, and all others. */
export function errorsByRecord(body: unknown, list: string | undefined) {
  const names = list?.split('.') ?? [];
  const records = names.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body);
  const ofRecords = new Map<number, GraphqlError>();
  const others: GraphqlError[] = [];
  for (const error of graphqlErrors(body)) {
    const index = error.path[names.length];
    const isWithin = Array.isArray(records) && names.every((name, at) => name === error.path[at]);
    if (isWithin && typeof index === 'number' && error.code !== 'rate_limited') ofRecords.set(index, error);
    else others.push(error);
  }
  return { ofRecords, others };
}

interface RawError {
  message: string;
  path?: unknown;
  type?: unknown;
  extensions?: unknown;
}

function isError(error: unknown): error is RawError {
  return isObject(error) && typeof error.message === 'string';
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}

function errorOf({ message, path, type, extensions }: RawError): GraphqlError {
  const code = isObject(extensions) ? extensions.code : undefined;
  const kind = [code, type, message].find(isWord) ?? '';
  const within = (Array.isArray(path) ? path : []).filter((one) => typeof one === 'string' || typeof one === 'number');
  return { message, path: ['data', ...within], kind, code: codes.find(([pattern]) => pattern.test(kind))?.[1] };
}
