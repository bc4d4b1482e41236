/** Rows of one collection that are read of a person among others; who has more is measured alone. */
export const mostRows = 20_000;
