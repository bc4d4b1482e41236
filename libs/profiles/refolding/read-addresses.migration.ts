import type { Connection } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';
import { nativeCollection } from '../store/index.ts';
import { refoldModel, type StoredRefold } from './refold.schema.ts';
import { opened } from './refolds.ts';

/** What was refused or restricted for `ann@x.com;` holds for ann@x.com, as which it is read since then. */
export const readAddresses = {
  number: 8,
  title: 'choices and restrictions hold for addresses as they are read now',
  when: 'background',
  step: readAnew('identities-read-as-addresses'),
} satisfies Migration;

/** Likewise what was refused for `ann@xn--mller-kva.de`, which is read as ann@müller.de. */
export const readDomains = {
  number: 11,
  title: 'choices and restrictions hold for addresses however their domain is written',
  when: 'background',
  step: readAnew('domains-read-in-their-letters'),
} satisfies Migration;

/** Identities are read once more, by a refold of that name. */
function readAnew(_id: string) {
  return async (connection: Connection): Promise<MigrationStep> => {
    const refolds = nativeCollection<StoredRefold>(connection.model<StoredRefold>(refoldModel));
    const { upsertedCount } = await refolds.updateOne(
      { _id },
      { $setOnInsert: opened(_id, 'identities', '', new Date()) },
      { upsert: true },
    );
    return { changed: upsertedCount };
  };
}
