import type { Use } from './uses-of.ts';

/** Nest token: tells which syncs feed what templates use. The server binds it, since content does not know syncs. */
export const SUPPLIES = Symbol('SUPPLIES');

/** One rule of a sync's mapping into the profile store. */
export interface Supply {
  use: Use;
  connection: string;
  stream: string;
  sync: { id: string; name: string };
  /** The profile store's object, and the target within it: `traits.city`. */
  object: string;
  target: string;
  /** Fields of the source that it reads; none for a constant. */
  reads: string[];
}

export interface Supplies {
  /** Of all syncs into the profile store, or of those from one connection; by sync. */
  list(filter?: { connection?: string }): Promise<Supply[]>;
}
