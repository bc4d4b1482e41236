/** How what is more than a text is written as one. */
export { listIn, listText } from './text-list.ts';
