export { canonicalJson } from './canonical-json.ts';
export { contentHash, hashText } from './content-hash.ts';
export { lowestId, newId } from './new-id.ts';
export { sortedKeys } from './sorted-keys.ts';
