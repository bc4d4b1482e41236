import type { ErrorCode } from '@millrace/sdk';
import type { Trouble } from './finding.ts';

export interface Group {
  group: string;
  connection?: string;
}

/** What a whole connection suffers from, not one stream or object of it. */
const ofConnections: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'address_not_allowed',
  'authentication_failed',
  'connector_disabled',
  'connector_not_found',
  'invalid_config',
  'permission_denied',
  'rate_limited',
  'remote_error',
  'timeout',
  'unreachable',
]);

/** One dead database is one alert, whatever the number of its syncs; what concerns one sync is its own. */
export function groupOf({ code, connection }: Pick<Trouble, 'code' | 'connection'>, sync: string): Group {
  const shared = connection !== undefined && (code === undefined || ofConnections.has(code));
  return shared ? { group: `connection:${connection}`, connection } : { group: `sync:${sync}` };
}
