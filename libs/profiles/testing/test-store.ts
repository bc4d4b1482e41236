import { connectMongo, ensureIndexes, Settings, type StoredSetting } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { Connection } from 'mongoose';
import {
  audienceModel,
  audienceSchema,
  computedTraitModel,
  computedTraitSchema,
  Definitions,
  definitionsHeadModel,
  definitionsHeadSchema,
  type DefinitionsHead,
  type StoredAudience,
  type StoredComputedTrait,
} from '../definitions/index.ts';
import { dueProfileModel, dueProfileSchema, DueProfiles, type DueProfile } from '../due/index.ts';
import {
  HistoryReach,
  historyReachModel,
  historyReachSchema,
  mergeModel,
  mergeSchema,
  partChangeModel,
  partChangeSchema,
  ProfileHistory,
  type StoredHistoryReach,
  type StoredMerge,
  type StoredPartChange,
} from '../history/index.ts';
import { Separator } from '../merging/index.ts';
import { profileSettingModel, profileSettingSchema, ProfileSettings } from '../settings/index.ts';
import {
  identityModel,
  identitySchema,
  profileModel,
  profileSchema,
  ProfileStore,
  type StoredIdentity,
  type StoredProfile,
} from '../store/index.ts';
import { SeparateChore } from '../upkeep/index.ts';
import {
  newRecordPagesModel,
  newRecordPagesSchema,
  NewRecords,
  ProfileWriter,
  type NewRecordPages,
} from '../writer/index.ts';

export interface TestStore {
  due: DueProfiles;
  connection: Connection;
  store: ProfileStore;
  history: ProfileHistory;
  settings: ProfileSettings;
  definitions: Definitions;
  /** A writer as of another process; by default on this store. */
  writer(store?: ProfileStore): ProfileWriter;
  /** Has people told apart whose records share nothing any more, until nobody is left to be looked at. */
  separate(store?: ProfileStore): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** People in a database of the spec's own. */
export async function testStore(): Promise<TestStore> {
  const connection = await connectMongo(testServices().mongodbUri);
  const store = new ProfileStore(
    connection.model<StoredProfile>(profileModel, profileSchema as never),
    connection.model<StoredIdentity>(identityModel, identitySchema),
  );
  const reachModel = connection.model<StoredHistoryReach>(historyReachModel, historyReachSchema as never);
  const reach = new HistoryReach(reachModel, new Settings());
  const history = new ProfileHistory(
    connection.model<StoredPartChange>(partChangeModel, partChangeSchema as never),
    connection.model<StoredMerge>(mergeModel, mergeSchema as never),
    reach,
    new Settings(),
  );
  const settings = new ProfileSettings(connection.model<StoredSetting>(profileSettingModel, profileSettingSchema));
  const definitions = new Definitions(
    connection.model<StoredComputedTrait>(computedTraitModel, computedTraitSchema),
    connection.model<StoredAudience>(audienceModel, audienceSchema),
    connection.model<DefinitionsHead>(definitionsHeadModel, definitionsHeadSchema),
    store,
  );
  const due = new DueProfiles(connection.model<DueProfile>(dueProfileModel, dueProfileSchema), definitions);
  const pages = connection.model<NewRecordPages>(newRecordPagesModel, newRecordPagesSchema);
  await ensureIndexes(connection);
  return {
    due,
    connection,
    store,
    history,
    settings,
    definitions,
    writer: (own = store) => new ProfileWriter(own, history, settings, new NewRecords(pages)),
    separate: async (own = store) => {
      const chore = new SeparateChore(own, new Separator(own, history, settings));
      while (await chore.isDue()) await chore.step();
    },
    clear: async () => {
      settings.forget();
      await Promise.all(Object.values(connection.models).map((model) => model.collection.deleteMany({})));
    },
    close: async () => {
      await connection.close();
      await dropTestDatabase(testServices());
    },
  };
}
