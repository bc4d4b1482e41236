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
  type TimelineEntry,
  type TimelineKind,
} from './people/index.ts';
export { ProfileHistory } from './history/index.ts';
export { ProfileSettings, type ProfileRules } from './settings/index.ts';
export { ProfilesModule } from './profiles.module.ts';
