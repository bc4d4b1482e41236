import type { ErrorCode } from '@millrace/sdk';

/** What can be wrong with the description of a sync. */
export const syncFaults: ErrorCode[] = [
  'bad_request',
  'not_found',
  'stream_not_found',
  'object_not_found',
  'invalid_mapping',
  'invalid_condition',
  'invalid_schedule',
  'connector_disabled',
  'unreachable',
  'timeout',
];
