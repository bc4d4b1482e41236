export { derived, type Derived } from './derived.ts';
export {
  equalPriorities,
  foldParts,
  joinParts,
  traitOrigins,
  traitWinners,
  type Folded,
  type PriorityOf,
  type TraitOrigin,
} from './fold.ts';
export { fits, maxParts, maxProfileBytes, profileTooLarge } from './limits.ts';
export { dottedI, fullName, nameOf, searchable } from './name-of.ts';
export type { Part, PartVersion, Traits } from './part.ts';
export {
  connectionOf,
  connectionRange,
  isConnectionId,
  originOf,
  partKey,
  partPrefix,
  prefixOf,
  type PartOrigin,
  withPartsOf,
} from './part-key.ts';
export { digest, identityMissing, readPart, shortHash, type PartSource } from './read-part.ts';
export { readSealed, writeSealed } from './sealed-trait.ts';
export { checkTraitName, plainJson, readTraits } from './traits.ts';
export { readName, readNumber, readPastMoment, refuseUnknown, required, said } from './read-fields.ts';
