import { errorCodes, type ErrorCode, type Json } from '@millrace/sdk';

/** An error as clients see it (RFC 9457, `application/problem+json`), with our stable `code`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  /** The id of the request, to be found in the logs. */
  instance?: string;
  details?: Json;
}

export function problem(code: ErrorCode, detail: string, details?: Json): Problem {
  const { status, title } = errorCodes[code];
  return {
    type: `urn:millrace:error:${code}`,
    title,
    status,
    code,
    detail,
    ...(details === undefined ? {} : { details }),
  };
}
