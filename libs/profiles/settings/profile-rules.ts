import type { PriorityOf } from '../folding/index.ts';
import type { IdentityRules } from '../identity/index.ts';

/** What holds while a page is read and written, made ready once. */
export interface ProfileRules {
  identities: IdentityRules;
  /** Of connections. */
  priorityOf: PriorityOf;
}

/** Connection id → what its word weighs against another's; 0 where none is set. */
export type SourcePriorities = Record<string, number>;

export function priorityFrom(priorities: SourcePriorities): PriorityOf {
  const byConnection = new Map(Object.entries(priorities));
  return byConnection.size === 0 ? () => 0 : (connection) => byConnection.get(connection) ?? 0;
}
