import type { SettingRow } from './setting-row.ts';

/** How long what is kept, and when what a person asks for has to be done. */
export const retentionSettings: SettingRow[] = [
  {
    key: 'MILLRACE_INBOX_DAYS',
    property: 'inboxDays',
    type: 'integer',
    default: () => '30',
    description:
      'Days that collected events and deliveries of webhooks are kept: so long a repeat is recognised, and so long a sync that reads them may rest without missing any.',
    example: '90',
  },
  {
    key: 'MILLRACE_LANDING_VERSIONS',
    property: 'landingVersions',
    type: 'integer',
    default: () => '10',
    description: 'Former versions that the landing keeps of a row; 0 keeps none.',
    example: '50',
  },
  {
    key: 'MILLRACE_LANDING_HISTORY_DAYS',
    property: 'landingHistoryDays',
    type: 'integer',
    default: () => '90',
    description: 'Days that the landing keeps a former version of a row, counted from when it was replaced.',
    example: '365',
  },
  {
    key: 'MILLRACE_PROFILE_HISTORY_DAYS',
    property: 'profileHistoryDays',
    type: 'integer',
    default: () => '400',
    description: 'Days that a change of a person is kept: so far back profiles can be seen as of a moment.',
    example: '90',
  },
  {
    key: 'MILLRACE_KEEP_RUN_DETAILS_DAYS',
    property: 'keepRunDetailsDays',
    type: 'integer',
    default: () => '14',
    description: 'Days after which the slices and the log of a run that has ended are removed.',
    example: '7',
  },
  {
    key: 'MILLRACE_KEEP_RUNS_DAYS',
    property: 'keepRunsDays',
    type: 'integer',
    default: () => '180',
    description:
      'Days after which a run that has ended is removed with its rejects. The last run of a sync and its last success stay.',
    example: '400',
  },
  {
    key: 'MILLRACE_PRIVACY_DEADLINE_DAYS',
    property: 'privacyDeadlineDays',
    type: 'integer',
    default: () => '30',
    description: 'Days within which what a person asks for (export, erasure, restriction) has to be done.',
    example: '30',
  },
];
