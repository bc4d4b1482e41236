/** Milliseconds that may pass before the kit says that something hangs. A machine that is slow for an hour must not fail a good connector. */
export const patience = {
  /** Until the read of a slice ends. */
  read: 120_000,
  /** Until rows that are pending are done. */
  poll: 120_000,
  /** Until what was aborted ends. */
  abort: 20_000,
  /** Until the rows of an endless stream come. */
  rows: 60_000,
  /** Until a source tells that everything has arrived. */
  lag: 60_000,
};
