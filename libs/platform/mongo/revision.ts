/** Of what was kept before its changes were counted, the first. */
export function revisionOf({ revision = 1 }: { revision?: number }): number {
  return revision;
}

/** Finds what is at a revision. */
export function atRevision(revision: number): { revision: number | { $in: (number | null)[] } } {
  return { revision: revision === 1 ? { $in: [1, null] } : revision };
}
