export { canonicalJson } from './canonical-json.ts';
export { contentHash, hashText } from './content-hash.ts';
<<<<<<< HEAD
export { lowestId, newId } from './new-id.ts';
=======
export { newId } from './new-id.ts';
export { sortedKeys } from './sorted-keys.ts';
>>>>>>> main
