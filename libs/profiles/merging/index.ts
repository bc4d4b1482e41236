export { anyApart, apartOf, areApart } from './apart.ts';
export { componentsOf, letsGo, looseness } from './components.ts';
export { mergesOf, type Joining } from './merges-of.ts';
export { Separator } from './separator.ts';
export { splitParts, type SplitParts } from './split-parts.ts';
export { Unmerger, type MergeRef, type Unmerged } from './unmerger.ts';
