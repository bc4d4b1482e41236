export { CollectedPeople, type AddedSaying } from './collected-people.ts';
export { collectedPersonModel, collectedPersonSchema } from './collected-person.schema.ts';
export { KeptSaid } from './kept-said.ts';
export { aloneOf, type Person } from './person-of.ts';
export type { Saying } from './said.ts';
export { SENSITIVE_NAMES, type SensitiveNames } from './sensitive-names.ts';
export { storableFields } from './storable.ts';
