import type { Connection } from 'mongoose';
import { dropFormerIndex, type Migration, type MigrationStep } from '#platform';

const former = 'sync_1__id_1';

/** Rejects are replayed as they were read: the index of their hashes goes. */
export const replayOrder: Migration = {
  number: 16,
  title: 'rejects are no more indexed by their hashes, in whose order they were replayed',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    await dropFormerIndex(connection.model('Reject').collection, former);
    return { changed: 0 };
  },
};
