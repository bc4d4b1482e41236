import type { Connection } from 'mongoose';
import { dropFormerIndex, type Migration, type MigrationStep } from '#platform';

const former = 'sync_1_object_1_seen_1__id_1';

/** Only mirrors' rows are kept in the order in which they were seen: the index of all syncs' rows goes. */
export const mirrorIndex: Migration = {
  number: 3,
  title: 'only the rows of mirrors are indexed by when they were seen',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    await dropFormerIndex(connection.model('KnownRow').collection, former);
    return { changed: 0 };
  },
};
