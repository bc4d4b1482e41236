/** People: identities, profiles folded from parts, orders, events, products, consents; and the connector `profiles`. */
export { profilesConnector, type ProfilesConnectorParts } from './connector/index.ts';
export {
  momentOf,
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
export { ProfilesModule } from './profiles.module.ts';
export { kindNames, kinds, type Kind, type KindName } from './kinds/index.ts';
export { profilesMigrations } from './migrations.ts';
export { mask, SensitiveTraits, TraitSealer, TraitSettings, type TraitSetting } from './traits/index.ts';
export {
  StoreScan,
  type ScannedConsent,
  type ScannedOrder,
  type ScannedPart,
  type ScannedProfile,
  type ScanPage,
} from './scan/index.ts';
export type { Traits } from './folding/index.ts';
