import { connectMongo, ensureIndexes } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import {
  identityModel,
  identitySchema,
  profileModel,
  profileSchema,
  ProfileStore,
  type StoredIdentity,
  type StoredProfile,
} from '../store/index.ts';

export interface TestStore {
  store: ProfileStore;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Profiles and identities in a database of the spec's own. */
export async function testStore(): Promise<TestStore> {
  const connection = await connectMongo(testServices().mongodbUri);
  const profiles = connection.model<StoredProfile>(profileModel, profileSchema as never);
  const identities = connection.model<StoredIdentity>(identityModel, identitySchema);
  await ensureIndexes(connection);
  const store = new ProfileStore(profiles, identities);
  return {
    store,
    clear: async () => void (await Promise.all([store.profiles.deleteMany({}), store.identities.deleteMany({})])),
    close: async () => {
      await connection.close();
      await dropTestDatabase(testServices());
    },
  };
}
