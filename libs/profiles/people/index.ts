export { PeopleReader } from './people-reader.ts';
export { ProfilesController } from './profiles.controller.ts';
export { Profiles, type ProfileQuery } from './profiles.service.ts';
export { sightOf, type Sight } from './sight.ts';
export type {
  ConsentView,
  EventView,
  IdentityView,
  OrderLineView,
  OrderView,
  Person,
  ProfileSummary,
  ProfileView,
  TimelineEntry,
} from './views.ts';
export { orderView } from './views.ts';
