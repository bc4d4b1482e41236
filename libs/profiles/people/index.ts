export { PeopleReader } from './people-reader.ts';
export { ProfilesController } from './profiles.controller.ts';
export { Profiles, type ProfileQuery } from './profiles.service.ts';
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
export { eventView, orderView, profileView } from './views.ts';
