/** What the API tells of a sync and does not take back; a test holds it against the API's description. */
export const toldFields = [
  'id',
  'state',
  'reason',
  'activeRun',
  'lastRun',
  'nextRunAt',
  'reaches',
  'lag',
  'startsFrom',
  'revision',
  'createdAt',
  'updatedAt',
];
