/** Bytes of the beginning that format, encoding, delimiter and header are recognised from. */
export const headBytes = 256 * 1024;
/** A page ends after so many rows, or so many bytes. */
export const pageRows = 1_000;
export const pageBytes = 2_000_000;
/** Bytes that a JSON document may have: it is held in memory. JSON Lines have no limit. */
export const documentBytes = 64_000_000;
/** Quotes without an end that are put up with: each costs a search over a megabyte, the most that a row may have. */
export const unclosedQuotes = 1_000;
