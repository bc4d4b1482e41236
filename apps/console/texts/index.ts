/** How what is more than a text is written as one. */
export { isQuoted, listIn, listText, partsIn, unquoted } from './text-list.ts';
export { slugOf } from './slug-of.ts';
export { addressOf, isText, nameInTraits } from './person-names.ts';
