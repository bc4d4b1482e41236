import type { PushContext } from '../../index.ts';

interface BatchNamed {
  context: PushContext;
  /** Whether it was asked for its batch's id or for its run: keys that the other side knows again are made of those, perhaps as a hash. */
  wasRead: () => boolean;
}

/** A context of a batch with this id. */
export function batchNamed(batchId: string, ctx: PushContext): BatchNamed {
  const { run } = ctx;
  let read = false;
  const telling = <T>(value: T): { enumerable: true; get: () => T } => ({
    enumerable: true,
    get: () => {
      read = true;
      return value;
    },
  });
  const context = Object.defineProperties({ ...ctx }, { batchId: telling(batchId), run: telling(run) });
  return { context, wasRead: () => read };
}
