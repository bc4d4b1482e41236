import { subjectOf, type AlertKind } from '../rules/rule.schema.ts';

interface Texts {
  /** `2 syncs` … */
  happened: string;
  advice: string;
}

const texts: Record<AlertKind, Texts> = {
  failed: {
    happened: 'failed',
    advice: 'Read the reason below, repair it, then run again. Runs that are scheduled start by themselves.',
  },
  overdue: {
    happened: 'did not start when due',
    advice: 'See that worker processes are running and reach MongoDB and Redis.',
  },
  nothingRead: {
    happened: 'read nothing where there used to be rows',
    advice: 'Look whether the source is really empty. Mirrors hold their deletions for approval.',
  },
  rejectShare: {
    happened: 'had more rows rejected than allowed',
    advice: 'Look at the rejects of the run, correct the mapping or the source, then replay them.',
  },
  lag: {
    happened: 'brought nothing new for too long',
    advice:
      'Look at the schedule and the last runs of the sync. A stream that falls behind wants more `consumers` or a faster destination.',
  },
  drift: {
    happened: 'met new or changed fields',
    advice: 'Look at the mapping: does it need the new fields, or one that changed?',
  },
  triggerFailing: {
    happened: 'failed to do what follows',
    advice:
      'Read the reason at the firing, repair it, then retry: POST /api/triggers/{slug}/retry. What was not given up is tried again by itself.',
  },
  triggerHeld: {
    happened: 'passed a limit',
    advice:
      'Look whether it brings its own cause about. Raise the limit or mend the cause, then resume the trigger, or retry its held firings.',
  },
  privacyDue: {
    happened: 'near the deadline or past it',
    advice:
      'Read what each waits for: GET /api/privacy/requests/{id}. See that worker processes are running, and bring the destination back that cannot be told.',
  },
  held: { happened: 'wait for approval', advice: 'Look at what the run would do, then approve or cancel it.' },
};

/** How an alert ended: `partly` recovered where some of it is not watched any more, `withdrawn` where none of it is. */
export type AlertEnd = 'recovered' | 'partly' | 'withdrawn';

const endings: Record<AlertEnd, { title: string; advice: string }> = {
  recovered: { title: 'Recovered: ', advice: 'Nothing is to be done.' },
  partly: {
    title: 'Recovered: ',
    advice:
      'Nothing is to be done about these. The others are paused or told as failed, or no rule tells of them any more: they may still be as they were.',
  },
  withdrawn: {
    title: 'No longer watched: ',
    advice:
      'It is paused or told as failed, or no rule tells of it any more: it may still be as it was. Let a rule watch it again, or look for yourself.',
  },
};

/** One line about an alert. */
export function titleOf(
  kind: AlertKind,
  { count, first, connection, end }: { count: number; first: string; connection?: string; end?: AlertEnd },
): string {
  const cause = connection === undefined ? '' : ` (connection "${connection}")`;
  const subject = subjectOf(kind);
  if (subject === 'request') {
    const requests = `privacy request${count === 1 && !end ? '' : 's'}`;
    return `${end ? endings[end].title : `${count} `}${requests} ${texts[kind].happened}`;
  }
  const who = count === 1 ? `"${first}"` : `${count} ${subject}s`;
  return `${end ? endings[end].title : ''}${who} ${texts[kind].happened}${cause}`;
}

export function adviceOf(kind: AlertKind, end?: AlertEnd): string {
  return end ? endings[end].advice : texts[kind].advice;
}
