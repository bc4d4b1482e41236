import { parseDuration } from '@millrace/sdk';
import type { Alert } from '../alerts/alert.schema.ts';
import type { AlertRule } from '../rules/rule.schema.ts';
import type { AlertEvent } from './notice.ts';

/** After a message, further syncs are collected this long (milliseconds). */
const digest = 10 * 60_000;

/** What is to be told now: an event; nothing yet; nothing ever again (`settled`). */
export function dueEvent(
  alert: Pick<Alert, 'state' | 'told' | 'openedAt' | 'changes' | 'acknowledged' | 'snoozedUntil'>,
  rule: Pick<AlertRule, 'wait' | 'repeat'>,
  now: Date,
): AlertEvent | 'settled' | undefined {
  const { told, acknowledged, snoozedUntil } = alert;
  // What was over before anybody was told is told in one message: nothing is missed, nobody is woken twice.
  if (alert.state === 'recovered') return told || !acknowledged ? 'recovered' : 'settled';
  if (acknowledged || (snoozedUntil && snoozedUntil > now)) return undefined;
  if (!told) return isOver(alert.openedAt, millisecondsOf(rule.wait), now) ? 'opened' : undefined;
  if (alert.changes > told.changes && isOver(told.at, digest, now)) return 'updated';
  if (snoozedUntil && snoozedUntil > told.at) return 'reminder';
  return rule.repeat !== undefined && isOver(told.at, millisecondsOf(rule.repeat), now) ? 'reminder' : undefined;
}

function isOver(start: Date, wait: number, now: Date): boolean {
  return start.getTime() + wait <= now.getTime();
}

function millisecondsOf(duration: string): number {
  return parseDuration(duration)?.milliseconds ?? 0;
}
