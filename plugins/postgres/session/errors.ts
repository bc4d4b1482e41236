import { MillraceError, messageOf, type ErrorCode, type ErrorOptions } from '@millrace/sdk';
import type { PostgresConfig } from '../config.ts';

type Meaning = (said: string, config: PostgresConfig) => [ErrorCode, string, ErrorOptions?];

const wrongPassword: Meaning = (said) => [
  'authentication_failed',
  `The database refuses the sign-in: ${said}. Check user and password, and what pg_hba.conf allows from here.`,
];
const lostContact: Meaning = (said, { host, port }) => [
  'unreachable',
  `The connection to ${host}:${port} is gone: ${said}. It is tried again; check the database if this goes on.`,
];

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html; where there is none, by the class (two characters). */
const bySqlState: Record<string, Meaning> = {
  '28P01': wrongPassword,
  '28000': wrongPassword,
  '3D000': (_, { host, database }) => [
    'invalid_config',
    `There is no database "${database}" on ${host}. Correct the name of the database.`,
  ],
  '42501': (said, { user }) => [
    'permission_denied',
    `The database says: ${said}. Grant "${user}" USAGE on the schema and SELECT on what is to be read.`,
  ],
  '53300': (said) => ['remote_error', `The database has no connection left: ${said}. It is tried again.`],
  '57014': (said, { statementTimeoutSeconds }) => [
    'timeout',
    `The database gave up: ${said}. A statement may take ${statementTimeoutSeconds} s: raise that, or add an index on (cursor, key).`,
  ],
  '08': lostContact,
  '57': lostContact,
  '53': (said) => ['remote_error', `The database is short of resources: ${said}. It is tried again.`],
  '40': (said) => ['remote_error', `The database ended the transaction: ${said}. It is tried again.`],
};

/** The MillraceError of what the driver throws: what happened, and what to do. */
export function databaseError(thrown: unknown, config: PostgresConfig): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const said = messageOf(thrown);
  const state = codeOf(thrown);
  const [code, message, options] = meaningOf(thrown, state)(said, config);
  return new MillraceError(code, message, { cause: thrown, ...(state && { details: { state } }), ...options });
}

function meaningOf(thrown: unknown, state: string | undefined): Meaning {
  const known = state && (bySqlState[state] ?? bySqlState[state.slice(0, 2)]);
  if (known && isFromServer(thrown)) return known;
  if (isFromServer(thrown)) {
    return (said) => [
      'remote_rejected',
      `The database refuses the statement: ${said}. Correct the query, or read the streams anew.`,
    ];
  }
  return connectionFault(messageOf(thrown), state);
}

/** The server's own errors have a severity; those of sockets and TLS have not. */
function isFromServer(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'severity' in thrown;
}

function connectionFault(message: string, code = ''): Meaning {
  if (message.includes('does not support SSL')) {
    return (_, { host }) => [
      'unreachable',
      `${host} offers no TLS, which this connection asks for. Set TLS up on the server, or choose "prefer" or "disable".`,
      { retryable: false },
    ];
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL/.test(code)) {
    return (said, { host }) => [
      'unreachable',
      `${host} shows a certificate that cannot be trusted: ${said}. Give the CA certificate that signed it, and the host name that it is for.`,
      { retryable: false },
    ];
  }
  if (/SASL|SCRAM|password/.test(message)) return wrongPassword;
  if (message.includes('timeout expired')) {
    return (_, { host, port }) => [
      'timeout',
      `${host}:${port} does not answer. Check the address, and that the network lets Millrace through.`,
    ];
  }
  return (said, { host, port }) => [
    'unreachable',
    `${host}:${port} cannot be reached: ${said}. Check the address, that the database runs, and that the network lets Millrace through.`,
  ];
}

function codeOf(thrown: unknown): string | undefined {
  const hasCode = typeof thrown === 'object' && thrown !== null && 'code' in thrown;
  return hasCode && typeof thrown.code === 'string' ? thrown.code : undefined;
}
