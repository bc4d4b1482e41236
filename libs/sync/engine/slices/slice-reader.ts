import { MillraceError, type Page } from '@millrace/sdk';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument, SliceOrigin } from '../../runs/slice.schema.ts';
import type { OpenRun } from '../opening/open-run.ts';

/** Gives the pages of a slice, from its `resume` on. */
export interface SliceReader {
  read(open: OpenRun, slice: SliceDocument, run: Run): AsyncIterable<Page>;
}

export type SliceReaders = Record<Exclude<SliceOrigin, 'subscription'>, SliceReader>;

/** Reads a slice from the run's source. */
export const sourceReader: SliceReader = {
  read({ stream, context }, slice) {
    if (!stream.read)
      throw new MillraceError(
        'invalid_connector',
        `Stream "${context.stream.name}" cannot be read in runs: it has no \`read\`.`,
      );
    return stream.read({
      ...context,
      slice: { id: slice.id, spec: slice.spec, weight: slice.weight },
      resume: slice.resume,
    });
  },
};
