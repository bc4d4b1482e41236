/** How drafts become versions. */
export { addVersion } from './add-version.ts';
