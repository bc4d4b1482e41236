import type { Connection } from 'mongoose';
import type { Json } from '@millrace/sdk';
import { plainCollection, type Migration, type MigrationStep } from '#platform';
import { consentModel } from '../consents/index.ts';
import { alikeField, type IdentityKey } from '../identity/index.ts';
import { restrictionModel } from '../restrictions/index.ts';

interface Kept {
  _id: string;
  identity?: IdentityKey;
}

const atATime = 5_000;

/** What was refused or restricted is found, too, by those whom a later policy makes the same. Before anything is served: somebody might be written to. */
export const alikeNames = {
  number: 13,
  title: 'choices and restrictions are found by whom a policy makes the same',
  when: 'start',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const { model, after } = (position ?? { model: restrictionModel, after: '' }) as { model: string; after: string };
    const kept = plainCollection<Kept>(connection.model<Kept>(model));
    const page = await kept
      .find({ _id: { $gt: after } }, { projection: { identity: 1 }, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const writes = page.flatMap(({ _id, identity = _id }) => {
      const { alike } = alikeField(identity);
      return alike === undefined
        ? []
        : [{ updateOne: { filter: { _id, alike: { $ne: alike } }, update: { $set: { alike } } } }];
    });
    const changed = writes.length > 0 ? (await kept.bulkWrite(writes, { ordered: false })).modifiedCount : 0;
    const last = page.at(-1)?._id;
    if (last !== undefined) return { changed, position: { model, after: last } };
    return { changed, ...(model === restrictionModel && { position: { model: consentModel, after: '' } }) };
  },
} satisfies Migration;
