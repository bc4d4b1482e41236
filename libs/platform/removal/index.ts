/** Refusing to remove what something still uses. */
export { Uses, type UsedBy, type WhoUses } from './uses.ts';
