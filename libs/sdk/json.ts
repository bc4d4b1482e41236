/** What JSON can say. `resume` and `state` are of this type, so that they survive a restart. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A record as a source reads it or a destination receives it: plain data, no class instances. */
export type Row = Record<string, unknown>;

/** A JSON Schema (draft 2020-12 vocabulary as far as Ajv knows it). */
export type JsonSchema = { [keyword: string]: unknown };
