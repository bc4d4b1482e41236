/** People: identities, profiles folded from parts, orders, events, products, consents; and the connector `profiles`. */
export { consentRecordId, profilesConnector, type ProfilesConnectorParts } from './connector/index.ts';
export {
  Activity,
  momentOf,
  type Period,
  Profiles,
  type ChangeView,
  type ConsentView,
  type EventView,
  type IdentityView,
  type MergeView,
  type OrderLineView,
  type OrderView,
  type Person,
  type ProfileQuery,
  type ProfileSummary,
  type ProfileView,
  sightOf,
  type Sight,
  type TimelineEntry,
  type TimelineKind,
} from './people/index.ts';
export {
  Causes,
  type AudienceCause,
  type Cause,
  type CauseWatch,
  type EventCause,
  type TraitCause,
  type Watched,
} from './causes/index.ts';
export { Membership, type ChangePlace, type StoredAudienceChange } from './membership/index.ts';
export { changeKey, changeKeyStart, isEntered } from './store/index.ts';
export { ProfileHistory } from './history/index.ts';
export { BuiltInSources, ProfileSettings, type ProfileRules } from './settings/index.ts';
export { Audiences } from './audiences/index.ts';
export { saysAudience, saysComputedTrait, traitsSaidIn } from './definitions/index.ts';
export { ComputedTraits } from './computed/index.ts';
export { ProfilesModule } from './profiles.module.ts';
export { ProfilesUpkeepModule } from './profiles-upkeep.module.ts';
export {
  Choices,
  type ChoiceView,
  type ConsentStateView,
  type MadeIn,
  type NewChoice,
  type PersonConsents,
} from './choices/index.ts';
export { wordPattern, type ConsentState } from './consents/index.ts';
export type { PartOrigin } from './folding/index.ts';
export {
  describePermission,
  judgePermission,
  Permissions,
  type Bar,
  type Permission,
  type PermissionReason,
  type Somebody,
} from './permissions/index.ts';
export { bases, Purposes, type Basis, type Purpose } from './purposes/index.ts';
export { Restrictions } from './restrictions/index.ts';
export {
  identitiesByKind,
  identityKey,
  identitiesToTry,
  namedIdentities,
  parseIdentity,
  recognisedIdentities,
  splitIdentity,
  withNationalNumbers,
  type IdentityKey,
} from './identity/index.ts';
export {
  ActivityEraser,
  OldActivity,
  PeopleEraser,
  PeopleExporter,
  PeopleFinder,
  type Activities,
  type ExportedItems,
  type PersonSubject,
} from './erasure/index.ts';
export { profilesMigrations } from './migrations.ts';
export { undatedGrants } from './consents/index.ts';
export { alikeNames, CONNECTION_IDS, readAddresses, readDomains, type ConnectionIds } from './refolding/index.ts';
export { dottedNames } from './store/index.ts';
export {
  mask,
  SensitiveTraits,
  TRAIT_KEEPER,
  TraitSealer,
  TraitSettings,
  type TraitKeeper,
  type TraitSetting,
} from './traits/index.ts';
export {
  StoreScan,
  type ScannedConsent,
  type ScannedEvent,
  type ScannedOrder,
  type ScannedPart,
  type ScannedProduct,
  type ScannedProfile,
  type ScanPage,
} from './scan/index.ts';
export type { Traits } from './folding/index.ts';
