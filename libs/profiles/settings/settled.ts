/** Milliseconds after which no writer goes by the former settings any more: they are read anew every two seconds, and a page takes a moment. */
export const settled = 30_000;
