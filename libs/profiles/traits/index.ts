/** What people say of traits; sealing and masking of the sensitive ones. */
export { mask, SensitiveTraits } from './sensitive-traits.ts';
export { TRAIT_KEEPER, type TraitKeeper } from './trait-keeper.ts';
export { TraitSeal } from './trait-seal.ts';
export { TraitSealer } from './trait-sealer.ts';
export { traitSealingModel, traitSealingSchema, type TraitSealing } from './trait-sealing.schema.ts';
export { traitSettingModel, traitSettingSchema, type TraitSetting } from './trait-setting.schema.ts';
export { TraitSettings, type TraitSettingState } from './trait-settings.ts';
export { TraitSettingsController } from './trait-settings.controller.ts';
