/** People: identities, profiles folded from parts, orders, events, products, consents; and the connector `profiles`. */
export { profilesConnector, type ProfilesConnectorParts } from './connector/index.ts';
export {
  Profiles,
  type ConsentView,
  type EventView,
  type IdentityView,
  type OrderLineView,
  type OrderView,
  type Person,
  type ProfileQuery,
  type ProfileSummary,
  type ProfileView,
  type TimelineEntry,
} from './people/index.ts';
export { ProfilesModule } from './profiles.module.ts';
export { ProfilesUpkeepModule } from './profiles-upkeep.module.ts';
