/** What may be removed when it is old: where it is, and which of its times tells how old. */
export interface RetentionKind {
  title: string;
  collection: string;
  time: string;
  /** What people should know before they enable it. */
  hint: string;
}

/** Whatever has no such time stays. */
export const retentionKinds = {
  event: {
    title: 'Events',
    collection: 'events',
    time: 'at',
    hint: 'Counts and sums over events become smaller with them.',
  },
  order: {
    title: 'Orders',
    collection: 'orders',
    time: 'at',
    hint: 'Sums over orders become smaller with them. The law may ask you to keep invoices elsewhere.',
  },
  history: {
    title: 'Former values of traits',
    collection: 'part_history',
    time: 'at',
    hint: 'What a person was at a moment before that cannot be told any more.',
  },
  audienceChange: {
    title: 'Who entered and left audiences',
    collection: 'audience_changes',
    time: 'recordedAt',
    hint: 'Syncs that follow an audience must have read them.',
  },
  consentChoice: {
    title: 'History of consents',
    collection: 'consent_choices',
    time: 'recordedAt',
    hint: 'The choices that count stay, with their evidence.',
  },
  landedRow: {
    title: 'Landed rows',
    collection: 'landed_rows',
    time: 'landedAt',
    hint: 'Their former versions go with them. They cannot be mapped again. People made from them stay.',
  },
  landedVersion: {
    title: 'Former versions of landed rows',
    collection: 'landed_versions',
    time: 'landedAt',
    hint: 'They are forgotten after MILLRACE_LANDING_HISTORY_DAYS at the latest.',
  },
  firing: {
    title: 'Firings of triggers',
    collection: 'trigger_firings',
    time: 'createdAt',
    hint: 'They are forgotten after 90 days at the latest. Those that wait are removed, too.',
  },
  reject: {
    title: 'Refused rows',
    collection: 'rejects',
    time: 'at',
    hint: 'They cannot be mapped again. They are gone with their runs after MILLRACE_KEEP_RUNS_DAYS at the latest.',
  },
} as const satisfies Record<string, RetentionKind>;

export type RetentionKindName = keyof typeof retentionKinds;

export const retentionKindNames = Object.keys(retentionKinds) as RetentionKindName[];
