import type { Connection } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';

const former = 'sync_1_object_1_seen_1__id_1';

/** Only mirrors' rows are kept in the order in which they were seen: the index of all syncs' rows goes. */
export const mirrorIndex: Migration = {
  number: 3,
  title: 'only the rows of mirrors are indexed by when they were seen',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    const { collection } = connection.model('KnownRow');
    const indexes = await collection.listIndexes().toArray();
    if (indexes.some(({ name }) => name === former)) await collection.dropIndex(former);
    return { changed: 0 };
  },
};
