import type { JsonObject } from '../schema-form/index.ts';

/** What is entered of something that has a configuration. */
export interface ConfigDraft {
  name: string;
  /** Undefined: as the name suggests. */
  slug?: string;
  /** Undefined: it has none. */
  labels?: string[];
  config: JsonObject;
  /** The revision, or edition, that it was made from; undefined: nothing is saved yet. */
  madeFrom?: number;
}
