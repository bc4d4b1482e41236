import type { Connection } from 'mongoose';
import { dropFormerIndex, type Migration, type MigrationStep } from '#platform';

/** By collection. MongoDB uses no partial index on `$type` for equality or a range: whatever had a name or was due was looked for in all documents. */
const former = {
  connections: ['slug_1'],
  sources: ['slug_1'],
  syncs: ['slug_1', 'nextRunAt_1'],
  templates: ['slug_1'],
};

export const formerIndexes: Migration = {
  number: 7,
  title: 'what has a slug or is due is found by an index',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    for (const [name, indexes] of Object.entries(former)) {
      for (const index of indexes) await dropFormerIndex(connection.collection(name), index);
    }
    return { changed: 0 };
  },
};
