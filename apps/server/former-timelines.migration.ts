import type { Connection } from 'mongoose';
import { dropFormerIndex, type Migration, type MigrationStep } from '#platform';

const former = 'p_1_at_-1';

/** What a person did is found newest first by an index that goes on with the id: the one without it goes. */
export const formerTimelines: Migration = {
  number: 17,
  title: 'orders and events have one index less to be written',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    for (const name of ['orders', 'events']) await dropFormerIndex(connection.collection(name), former);
    return { changed: 0 };
  },
};
