/** Which names exist, and how many people have them. */
export { KnownNames, parentOf, type Share } from './known-names.ts';
export { NamesInStore } from './names-in-store.ts';
