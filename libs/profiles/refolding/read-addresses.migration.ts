import type { Connection } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';
import { nativeCollection } from '../store/index.ts';
import { refoldModel, type StoredRefold } from './refold.schema.ts';
import { opened } from './refolds.ts';

const _id = 'identities-read-as-addresses';

/** What was refused or restricted for `ann@x.com;` holds for ann@x.com, as which it is read since then. */
export const readAddresses = {
  number: 8,
  title: 'choices and restrictions hold for addresses as they are read now',
  when: 'background',
  async step(connection: Connection): Promise<MigrationStep> {
    const refolds = nativeCollection<StoredRefold>(connection.model<StoredRefold>(refoldModel));
    const { upsertedCount } = await refolds.updateOne(
      { _id },
      { $setOnInsert: opened(_id, 'identities', '', new Date()) },
      { upsert: true },
    );
    return { changed: upsertedCount };
  },
} satisfies Migration;
