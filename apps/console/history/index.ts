/** What is kept with an entry of the browser's history. */
export { keep, keptHere, useKept } from './kept.ts';
