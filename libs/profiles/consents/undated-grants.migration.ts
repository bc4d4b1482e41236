import type { Connection } from 'mongoose';
import type { Json } from '@millrace/sdk';
import { newId, plainCollection, spellingsOf, type Migration, type MigrationStep } from '#platform';
import { dueProfileModel, type DueProfile } from '../due/index.ts';
import {
  identityModel,
  profileModel,
  ProfileStore,
  type BulkWrite,
  type ClientSession,
  type StoredIdentity,
  type StoredProfile,
} from '../store/index.ts';
import { consentModel, type ConsentStatement, type StoredConsent } from './consent.schema.ts';
import { beforeEveryTime, winnerOf } from './fold-statements.ts';

const atATime = 1_000;

/** An undated "granted" was stored as of 1970 and won against what was refused before. Whose choice turns out to be another one is measured anew. */
export const undatedGrants = {
  number: 14,
  title: 'refusals that are dated before 1970 hold against grants without a time',
  when: 'background',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const consents = plainCollection<StoredConsent>(connection.model<StoredConsent>(consentModel));
    const from = typeof position === 'string' ? position : '';
    const page = await consents.find({ _id: { $gt: from } }, { sort: { _id: 1 }, limit: atATime }).toArray();
    const changes = page.flatMap((consent) => changeOf(consent));
    const turned = changes.filter(({ before, after }) => before.state !== after.state);
    const same = changes.filter((change) => !turned.includes(change));
    const write = async (those: Change[], session?: ClientSession): Promise<number> =>
      those.length === 0 ? 0 : (await consents.bulkWrite(those.map(replacement), { session })).modifiedCount;
    let changed = await write(same);
    if (turned.length > 0) {
      const now = new Date();
      const store = new ProfileStore(
        connection.model<StoredProfile>(profileModel),
        connection.model<StoredIdentity>(identityModel),
      );
      const named = turned.flatMap(({ before }) => spellingsOf(before.identity));
      const owners = [...new Set((await store.ownersOf(named)).values())];
      const dueProfiles = plainCollection<DueProfile>(connection.model<DueProfile>(dueProfileModel));
      // In one transaction: a repeated step would not find again what one that died has written.
      await store.transaction(async (session) => {
        changed += await write(turned, session);
        if (owners.length === 0) return;
        const touch = { $set: { updatedAt: now }, $inc: { v: 1 } };
        await store.profiles.updateMany({ _id: { $in: owners } }, touch, { session });
        await dueProfiles.bulkWrite(owners.map(due(now)), { session });
      });
    }
    if (changed < changes.length) return { changed, position: from }; // others were faster: once more
    const last = page.at(-1);
    return { changed, ...(last && page.length === atATime && { position: last._id }) };
  },
} satisfies Migration;

interface Change {
  before: StoredConsent;
  after: StoredConsent;
}

function changeOf(before: StoredConsent): Change[] {
  const said = before.said.map((one) => (isOf1970(one) ? { ...one, a: beforeEveryTime } : one));
  const winner = winnerOf(said);
  if (!winner || !before.said.some(isOf1970)) return [];
  const { _id, v, identity, alike, channel, purpose } = before;
  const updatedAt = winner.state === before.state ? before.updatedAt : new Date();
  const of = { _id, v: v + 1, identity, ...(alike !== undefined && { alike }), channel, purpose };
  return [{ before, after: { ...winner, ...of, said, updatedAt } }];
}

function isOf1970({ state, at, a }: ConsentStatement): boolean {
  return state === 'granted' && at === undefined && a === 0;
}

function replacement({ before, after }: Change): BulkWrite<StoredConsent> {
  const { _id, ...rest } = after;
  return { replaceOne: { filter: { _id, v: before.v }, replacement: rest } };
}

function due(now: Date): (profile: string) => BulkWrite<DueProfile> {
  return (_id) => {
    const update = { $set: { token: newId('w'), due: now }, $setOnInsert: { slow: false } };
    return { updateOne: { filter: { _id }, update, upsert: true } };
  };
}
