export { anyApart, apartOf, areApart } from './apart.ts';
export { mergesOf, type Joining } from './merges-of.ts';
export { splitParts, type SplitParts } from './split-parts.ts';
export { Unmerger, type MergeRef, type Unmerged } from './unmerger.ts';
