import type { ErrorCode } from '@millrace/sdk';
import { subjectOf } from '../rules/rule.schema.ts';
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

/** One dead database is one alert, whatever the number of its syncs or triggers; what concerns one of them is its own. Requests of people are one alert. */
export function groupOf({ kind, code, connection }: Pick<Trouble, 'kind' | 'code' | 'connection'>, id: string): Group {
  const shared = connection !== undefined && (code === undefined || ofConnections.has(code));
  if (shared) return { group: `connection:${connection}`, connection };
  const subject = subjectOf(kind);
  return { group: subject === 'request' ? 'requests' : `${subject}:${id}` };
}
