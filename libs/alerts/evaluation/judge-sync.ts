import { parseDuration } from '@millrace/sdk';
import { lagOf, type SurveyedSync } from '#sync';
import type { Finding } from '../alerts/finding.ts';
import type { RuleConditions } from '../rules/rule.schema.ts';

/** A schedule may be late by this before anybody is told (milliseconds). */
const grace = 5 * 60_000;

/** What the present state of a sync means to a rule. */
export function judgeSync(sync: SurveyedSync, on: RuleConditions, now: Date): Finding[] {
  const findings: Finding[] = [];
  if (on.held) findings.push(held(sync));
  // What has failed has started, and is known to be late: one message says it.
  const failed = on.failed === true && sync.lastRun?.state === 'failed';
  if (on.overdue) findings.push(overdueUnless(failed, sync, now));
  if (on.lag !== undefined)
    findings.push(sync.paused || failed ? { kind: 'lag', holds: false, leftAlone: true } : lagging(sync, on.lag, now));
  return findings;
}

function held({ activeRun }: SurveyedSync): Finding {
  if (activeRun?.state !== 'held') return { kind: 'held', holds: false };
  const { _id: run, hold, reason = 'The run waits for approval.' } = activeRun;
  const since = activeRun.startedAt ?? activeRun.createdAt;
  return { kind: 'held', holds: true, occasion: `${run} ${hold ?? ''}`, run, since, message: reason };
}

function overdueUnless(failed: boolean, sync: SurveyedSync, now: Date): Finding {
  if (sync.paused) return { kind: 'overdue', holds: false, leftAlone: true };
  return failed ? { kind: 'overdue', holds: false } : overdue(sync, now);
}

function overdue({ activeRun, nextRunAt, from }: SurveyedSync, now: Date): Finding {
  const waiting = activeRun?.state === 'queued' ? activeRun.createdAt : undefined;
  const due = activeRun ? waiting : nextRunAt;
  if (!due || due.getTime() + grace > now.getTime()) return { kind: 'overdue', holds: false };
  const message = waiting
    ? `A run has been waiting for a worker since ${due.toISOString()}.`
    : `The run that was due at ${due.toISOString()} has not started.`;
  return {
    kind: 'overdue',
    holds: true,
    occasion: due.toISOString(),
    since: due,
    message,
    connection: from.connection,
    ...(activeRun && { run: activeRun._id }),
  };
}

function lagging({ reaches, createdAt, from, activeRun }: SurveyedSync, limit: string, now: Date): Finding {
  const reached = reaches ?? createdAt;
  const { milliseconds = Infinity, words = limit } = parseDuration(limit) ?? {};
  const since = new Date(reached.getTime() + milliseconds);
  if (since > now) return { kind: 'lag', holds: false };
  const { records = 0 } = (activeRun && lagOf(activeRun, now)) ?? {};
  const waiting = records > 0 ? ` Records that wait: ${records}.` : '';
  const message = reaches
    ? `What arrived reaches up to ${reached.toISOString()}: more than ${words} ago.${waiting}`
    : `Nothing has arrived yet, more than ${words} after the sync was made.`;
  return { kind: 'lag', holds: true, occasion: reached.toISOString(), since, message, connection: from.connection };
}
