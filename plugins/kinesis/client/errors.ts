import { MillraceError, messageOf, type ErrorCode } from '@millrace/sdk';

/** What the SDK throws, as far as it is looked at. */
interface SdkError {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

interface Meaning {
  code: ErrorCode;
  advice: string;
  /** What AWS says may hold what was signed, a session token among it. */
  silent?: true;
}

const wrongKeys: Meaning = {
  code: 'authentication_failed',
  advice: 'Check access key, secret and session token, and that they belong to the region.',
  silent: true,
};
const denied: Meaning = {
  code: 'permission_denied',
  advice: 'Allow the action in the IAM policy of these credentials (the README lists what is needed).',
};
const throttled: Meaning = { code: 'rate_limited', advice: 'It is tried again, more slowly.' };
const refused: Meaning = { code: 'remote_rejected', advice: 'Correct the connection, or let the sync begin anew.' };

/** By the error's name: https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html and the actions' own. */
const meanings: Record<string, Meaning> = {
  UnrecognizedClientException: wrongKeys,
  InvalidClientTokenId: wrongKeys,
  InvalidSignatureException: wrongKeys,
  IncompleteSignatureException: wrongKeys,
  MissingAuthenticationTokenException: wrongKeys,
  ExpiredTokenException: wrongKeys,
  CredentialsProviderError: {
    code: 'authentication_failed',
    advice: 'Give the server credentials (a role, a profile, variables), or enter keys in the connection.',
  },
  AccessDeniedException: denied,
  OptInRequired: denied,
  KMSAccessDeniedException: denied,
  KMSDisabledException: denied,
  KMSInvalidStateException: denied,
  KMSNotFoundException: denied,
  KMSOptInRequired: denied,
  ResourceNotFoundException: { code: 'stream_not_found', advice: 'Check the names of the streams, and the region.' },
  ProvisionedThroughputExceededException: throttled,
  LimitExceededException: throttled,
  ThrottlingException: throttled,
  KMSThrottlingException: throttled,
  InvalidArgumentException: refused,
  ValidationException: refused,
  TimeoutError: { code: 'timeout', advice: 'It is tried again; check the endpoint if this goes on.' },
};

/** The MillraceError of what the SDK throws; a request that its signal ended throws on. */
export function kinesisError(thrown: unknown, what: string): Error {
  const guarded = guardedErrorIn(thrown);
  if (guarded) return guarded;
  const { name = '', $metadata: { httpStatusCode: status = 0 } = {} } = thrown as SdkError;
  if (thrown instanceof Error && name === 'AbortError') return thrown;
  const { code, advice, silent } = meanings[name] ?? byStatus(status, isOfTheSocket(thrown));
  const said = silent ? name : `${name}: ${messageOf(thrown)}`;
  return new MillraceError(code, `${what}: ${said.slice(0, 500)}. ${advice}`, silent ? {} : { cause: thrown });
}

/** Throttling: it will pass, if we wait. */
export function isThrottled(error: unknown): boolean {
  return error instanceof MillraceError && error.code === 'rate_limited';
}

/** Whether the error has that name at AWS. */
export function isNamed(thrown: unknown, name: string): boolean {
  return (thrown as SdkError | undefined)?.name === name;
}

/** The request cannot have reached Kinesis. */
export function neverArrived(thrown: unknown): boolean {
  if (guardedErrorIn(thrown)) return true;
  const { code, name } = thrown as SdkError;
  if (name === 'CredentialsProviderError') return true;
  // The SDK may wrap what the socket says into a message.
  return /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)\b/.test(`${code} ${messageOf(thrown)}`);
}

function byStatus(status: number, ofTheSocket: boolean): Meaning {
  if (status >= 500) return { code: 'remote_error', advice: 'It is tried again.' };
  if (status > 0 && !ofTheSocket) return refused;
  return { code: 'unreachable', advice: 'It is tried again; check endpoint, region and the network.' };
}

function isOfTheSocket(thrown: unknown): boolean {
  return typeof (thrown as SdkError).code === 'string';
}

/** The guard's own error comes through the socket, and the SDK may wrap it. */
function guardedErrorIn(thrown: unknown): MillraceError | undefined {
  if (thrown instanceof MillraceError) return thrown;
  return thrown instanceof Error && thrown.cause !== undefined ? guardedErrorIn(thrown.cause) : undefined;
}
