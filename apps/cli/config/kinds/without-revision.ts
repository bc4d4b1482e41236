import type { Kind } from './kind.ts';

/** Of settings whose PUT takes the revision that it was made from in its body: a document has none. */
export const withoutRevision = {
  shortened: ({ revision: _, ...fields }) => fields,
  normalised: ({ revision: _, ...fields }) => fields,
} satisfies Pick<Kind, 'shortened' | 'normalised'>;
