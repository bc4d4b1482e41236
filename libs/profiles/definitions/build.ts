import type { DefinitionsHead } from './definitions-head.schema.ts';

/** How far a definition has come to all profiles. */
export interface Build {
  state: 'building' | 'ready';
  /** Profiles that are done, of those that there were when it began. */
  progress?: { done: number; total: number };
}

/** Of the definition that came with a revision. */
export function buildOf(revision: number, head: DefinitionsHead | undefined): Build {
  if (!head || head.built >= revision) return { state: 'ready' };
  const { walk } = head;
  if (!walk || walk.revision < revision) return { state: 'building', progress: { done: 0, total: walk?.total ?? 0 } };
  return { state: 'building', progress: { done: walk.done, total: Math.max(walk.total, walk.done) } };
}
