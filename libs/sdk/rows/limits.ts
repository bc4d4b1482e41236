/** Bytes that one row may have. */
export const rowBytes = 1_000_000;
/** Characters of a rejected row that are kept. */
export const rawCharacters = 10_000;
