import type { Alert } from '../api/index.ts';
import { momentText } from '../runs/index.ts';

/** Who keeps an alert quiet, or until when; empty: it is told. */
export function quietText({ acknowledged, snoozedUntil }: Alert): string {
  if (acknowledged) return `${acknowledged.by} deals with it: quiet until it recovers.`;
  if (snoozedUntil !== undefined && Date.parse(snoozedUntil) > Date.now())
    return `Quiet until ${momentText(snoozedUntil)}.`;
  return '';
}
