import type { Resource } from '../server/server-state.ts';

/** Something that goes. */
export interface Removal {
  resource: Resource;
  /** What uses it and goes before it. */
  usedBy: Resource[];
}
