export { Activity, type Period } from './activity.ts';
export { momentOf } from './moment-of.ts';
export { ProfileListDto, ProfileSummaryDto } from './profile.dto.ts';
export { PersonViews } from './person-views.ts';
export { PeopleReader } from './people-reader.ts';
export { ProfilesController } from './profiles.controller.ts';
export { ProfileFinder } from './profile-finder.ts';
export { Profiles, type ProfileQuery } from './profiles.service.ts';
export { sightOf, type Sight } from './sight.ts';
export { Timeline } from './timeline.ts';
export { changeView, mergeView } from './timeline-entry.ts';
export type { ChangeView, MergeView, TimelineEntry, TimelineKind } from './timeline-entry.ts';
export { profileSummary } from './views.ts';
export type {
  ConsentView,
  EventView,
  IdentityView,
  OrderLineView,
  OrderView,
  Person,
  ProfileSummary,
  ProfileView,
} from './views.ts';
export { eventView, orderView, profileView, recordView } from './views.ts';
