import type { Outcome } from '../api/index.ts';

const whats: Record<string, string> = {
  then: 'holds',
  else: 'does not hold',
  nothing: 'does not hold',
  missing: 'is missing',
  fallback: 'is missing, the fallback shows',
};

/** "{{#if lastOrder}} holds", "{{city}} is missing" */
export function outcomeText({ written, what }: Outcome): string {
  if (what === 'failed') return `No mail: ${written}`;
  return `${written.startsWith('{{') ? written : `{{${written}}}`} ${whats[what] ?? what}`;
}

/** Whether somebody should look at it: there is a blank, or no mail at all. */
export const isOdd = ({ what }: Outcome): boolean => what === 'missing' || what === 'failed';
