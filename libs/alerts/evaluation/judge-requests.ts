import { redactText } from '#platform';
import type { Finding, Watched } from '../alerts/finding.ts';
import { mostCounted, type DueRequest, type DueRequests, type DueTime } from '../requests/index.ts';

const nearDeadline = 3 * 86_400_000;
const longestReference = 20;

/** Requests that are watched as one thing. */
export interface WatchedDue {
  watched: Watched;
  /** When they have to be done. */
  time: DueTime;
  /** They are watched from so long before their deadline on (milliseconds). */
  lead: number;
}

/** Late ones and others: a thousand of them are one alert, and that the first passes its deadline is news. */
export function watchedDue(now: Date): WatchedDue[] {
  const near = { from: now, until: new Date(now.getTime() + nearDeadline) };
  return [
    { watched: { _id: 'late', name: 'Past their deadline' }, time: { until: now }, lead: 0 },
    { watched: { _id: 'near', name: 'Due within 3 days' }, time: near, lead: nearDeadline },
  ];
}

/** What requests that are not finished mean to a rule. */
export function judgeRequests({ count, first }: DueRequests, { lead }: Pick<WatchedDue, 'lead'>): Finding {
  const kind = 'privacyDue';
  const [mostUrgent] = first;
  if (!mostUrgent) return { kind, holds: false };
  const more = count > first.length ? [`and ${count - first.length} more`] : [];
  const message = `${amountOf(count)}: ${[...first.map(shown), ...more].join('; ')}.`;
  const since = new Date(mostUrgent.dueAt.getTime() - lead);
  return { kind, holds: true, occasion: message, since, message, count };
}

/** Never whom it concerns, nor what it waits for: that may name the person. */
function shown({ id, kind, reference, dueAt }: DueRequest): string {
  const own = reference === undefined ? '' : `, ${redactText(reference).slice(0, longestReference)}`;
  return `${id} (${kind}${own}) ${dueAt.toISOString().slice(0, 16)}Z`;
}

function amountOf(count: number): string {
  if (count >= mostCounted) return `${mostCounted} requests or more`;
  return count === 1 ? '1 request' : `${count} requests`;
}
