import type { Outcome, Peek } from '@millrace/sdk';
import { differencesOf, type Difference } from './differences.ts';

/** What a row would do at an object; unknown: the destination cannot tell without being written to. */
export type ChangeKind = 'create' | 'update' | 'delete' | 'unchanged' | 'superseded' | 'rejected' | 'unknown';

export interface Change {
  change: ChangeKind;
  differences: Difference[];
}

/** `remembered`: what the sync's memory of acknowledged rows says, where the object cannot look. */
export function changeOf(peek: Peek | undefined, remembered: ChangeKind = 'unknown'): Change {
  if (!peek) return { change: remembered, differences: [] };
  const change = kindOf(peek);
  const applies = change === 'create' || change === 'update' || change === 'delete';
  return { change, differences: applies ? differencesOf(peek.before, peek.after) : [] };
}

function kindOf({ outcome, before, after }: Peek): ChangeKind {
  switch (outcome.status) {
    case 'ok':
      return before ? (after ? 'update' : 'delete') : after ? 'create' : effectOf(outcome);
    case 'unchanged':
    case 'superseded':
    case 'rejected':
      return outcome.status;
    case 'retry':
    case 'pending':
    case 'unknown':
      return 'unknown';
  }
}

/** Of an object that does not show its records. */
function effectOf({ effects }: Outcome & { status: 'ok' }): ChangeKind {
  if (effects?.deleted) return 'delete';
  if (effects?.created) return 'create';
  return effects?.updated ? 'update' : 'unknown';
}
