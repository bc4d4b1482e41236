import type { SliceDocument } from '../../runs/slice.schema.ts';

/** What is to be queued after a step. */
export interface Next {
  slices: Pick<SliceDocument, '_id' | 'epoch' | 'origin'>[];
  /** The run itself wants another step then. */
  again?: Date;
  /** The sync whose chain of runs goes on. */
  chain?: string;
}

export const nothing: Next = { slices: [] };
