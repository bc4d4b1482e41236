export { KnownElsewhere, type KnownDestination, type KnownDestinations } from './known-elsewhere.ts';
export { PersonData } from './person-data.ts';
export { ProfileKeys } from './profile-keys.ts';
