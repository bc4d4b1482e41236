/** What is kept with an entry of the browser's history. */
export { forgetKept, keep, keptAt, keptHere, useKept } from './kept.ts';
