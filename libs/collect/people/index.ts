export { CollectedPeople, type AddedSaying } from './collected-people.ts';
export { collectedPersonModel, collectedPersonSchema } from './collected-person.schema.ts';
export { aloneOf, type Person } from './person-of.ts';
export type { Saying } from './said.ts';
export { storableFields } from './storable.ts';
