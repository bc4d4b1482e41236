/** Refusing to remove what something still uses. */
export { refuseUsed, Uses, type UsedBy, type WhoUses } from './uses.ts';
