/** Whether the stored data are good: the data map, audits, and who may do what. */
export { consentSamples } from './audits/index.ts';
export { QualityModule } from './quality.module.ts';
export { TraitUsers, type TraitUse, type TraitUser } from './uses/index.ts';
