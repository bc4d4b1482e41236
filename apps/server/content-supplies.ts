import { useOfTarget, type Supplies } from '#content';
import type { SyncEnds } from '#sync';

/** What the syncs into the profile store supply, as content asks for it. */
export function contentSupplies(syncs: SyncEnds): Supplies {
  return {
    async list({ connection } = {}) {
      const writing = await syncs.writing('profiles', connection);
      return writing.flatMap(({ _id: id, name, from, writes }) =>
        writes.flatMap(({ object, target, reads }) => {
          const use = useOfTarget(object, target);
          const { connection: source, stream } = from;
          return use === undefined
            ? []
            : [{ use, connection: source, stream, sync: { id, name }, object, target, reads }];
        }),
      );
    },
  };
}
