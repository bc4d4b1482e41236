export { destinationDeletionModel, destinationDeletionSchema } from './destination-deletion.schema.ts';
export { DestinationDeletions, type ToldDestination } from './destination-deletions.ts';
export { KeptPeople } from './kept-people.ts';
export { KnownPeople, type KnownThere } from './known-people.ts';
export { PEOPLE_NAMES, type NameReader, type PeopleNames } from './people-names.ts';
export { rejectedTexts } from './marked-texts.ts';
export type { ReadKeys } from './syncs-of-records.ts';
