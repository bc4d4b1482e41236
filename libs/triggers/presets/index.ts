export { fillPreset, presets } from './fill-preset.ts';
export type { PresetField, TriggerPreset } from './preset.ts';
