import type { Json } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { plainCollection, type Migration, type MigrationStep } from '#platform';
import { dottedI } from '../folding/index.ts';
import { profileModel, type StoredProfile } from './profile.schema.ts';

const atATime = 1_000;

/** Names that were written with İ are found by i. */
export const dottedNames = {
  number: 9,
  title: 'names with a capital İ are found by i',
  when: 'background',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const profiles = plainCollection<StoredProfile>(connection.model<StoredProfile>(profileModel));
    const from = typeof position === 'string' ? position : '';
    const page = await profiles
      .find({ _id: { $gt: from } }, { projection: { _id: 1 }, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const last = page.at(-1);
    if (!last) return { changed: 0 };
    const { modifiedCount } = await profiles.updateMany(
      { _id: { $gt: from, $lte: last._id }, name: new RegExp(dottedI) },
      [{ $set: { name: { $replaceAll: { input: '$name', find: dottedI, replacement: 'i' } } } }],
    );
    return { changed: modifiedCount, ...(page.length === atATime && { position: last._id }) };
  },
} satisfies Migration;
