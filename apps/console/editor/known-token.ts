/** A token or helper that the editor proposes. */
export interface KnownToken {
  /** What is written: `lastOrder.total`, `defaultIfEmpty`. */
  name: string;
  kind: 'token' | 'helper' | 'block';
  /** A few words beside the name. */
  detail?: string;
  /** A sentence or two about it. */
  info?: string;
  /** The share of people who have a value, from 0 to 1. */
  filled?: number;
}
