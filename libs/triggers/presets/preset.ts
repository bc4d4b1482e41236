import type { TriggerDefinition } from '../definition/index.ts';

/** What is filled in when a trigger is made from a preset. */
export interface PresetField {
  name: string;
  title: string;
  description: string;
  /** `duration`: 45min, 4h, 2d. */
  type: 'text' | 'duration';
  default: string;
}

export type PresetValues = Record<string, string>;

/** A trigger that is known to be of use: all but what it does. */
export interface TriggerPreset {
  name: string;
  title: string;
  description: string;
  fields: PresetField[];
  /** @param values one of each field */
  definition(values: PresetValues): Omit<TriggerDefinition, 'do'>;
}
