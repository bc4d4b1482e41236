export { identityModel, identitySchema, type StoredIdentity } from './identity.schema.ts';
export {
  nativeCollection,
  type BulkWrite,
  type ClientSession,
  type Collection,
  type Filter,
} from './native-collection.ts';
export { departed, derivedOf, dueAtOnce, withChanges, withTraitChanges, type Derived } from './derived.ts';
export { changeKey, changeKeyStart, isEntered, type MembershipChange, type Unfelt } from './membership-change.ts';
export { traitChanges, type TraitChange } from './trait-change.ts';
export { asPeek } from './as-peek.ts';
export { ProfileStore, type ProfileOutline } from './profile-store.ts';
export { dottedNames } from './dotted-names.migration.ts';
export { profileModel, profileSchema, type StoredProfile } from './profile.schema.ts';
export { replaceVersion, replaceVersions, VersionMoved } from './replace-version.ts';
export { documentsById, foldDocuments, type Versioned, writeChanges } from './fold-documents.ts';
export { peekNewest, writeNewest } from './write-newest.ts';
export { indexesBy } from './indexes-by.ts';
export { touchOwners } from './touch-owners.ts';
