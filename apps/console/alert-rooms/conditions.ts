import type { Ticked } from './rule-draft.ts';

export type TickedTitle = readonly [Ticked, string];

/** What is asked of syncs by ticking it. */
export const ofSyncs: readonly TickedTitle[] = [
  ['failed', 'The last run failed'],
  ['overdue', 'A scheduled run did not happen'],
  ['held', 'A run waits for approval'],
  ['nothingRead', 'A full read found nothing where the last one found rows'],
  ['drift', 'Fields of the source are new or changed'],
];

/** What else is. */
export const ofOthers: readonly TickedTitle[] = [
  ['triggerFailing', 'A trigger failed three times in a row, or gave a firing up'],
  ['triggerHeld', 'A limit holds a trigger, or one of its firings'],
  ['privacyDue', 'Requests of people are late, or due within three days'],
];
