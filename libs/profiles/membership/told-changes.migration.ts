import type { Connection, mongo } from 'mongoose';
import type { Json } from '@millrace/sdk';
import { dropFormerIndex, type Migration, type MigrationStep } from '#platform';
import { audienceChangeModel, type StoredAudienceChange } from './audience-change.schema.ts';

const atATime = 5_000;
const formerIndex = 'audience_1_recordedAt_1__id_1';

/** Entries and exits that were told say a list of audiences, of which each has one here. */
export const toldChanges = {
  number: 5,
  title: 'an audience change can be of several audiences',
  when: 'start',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const changes = connection.model(audienceChangeModel)
      .collection as unknown as mongo.Collection<StoredAudienceChange>;
    const from = typeof position === 'string' ? position : '';
    const page = await changes
      .find({ _id: { $gt: from } }, { projection: { _id: 1 }, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const last = page.at(-1);
    if (!last) {
      await dropFormerIndex(changes, formerIndex);
      return { changed: 0 };
    }
    const { modifiedCount } = await changes.updateMany(
      { _id: { $gt: from, $lte: last._id }, audiences: { $exists: false } },
      [{ $set: { audiences: ['$audience'], left, v } }, { $unset: ['audience', 'entered'] }],
    );
    return { changed: modifiedCount, position: last._id };
  },
} satisfies Migration;

const left = { $cond: ['$entered', '$$REMOVE', ['$audience']] };
const v = { $toInt: { $arrayElemAt: [{ $split: ['$_id', '|'] }, 1] } };
