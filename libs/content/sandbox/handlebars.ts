/**
 * Handlebars as browsers load it: the same code without source maps. Those take 20 KB of memory and most of the time for each tag that is
 * compiled, and nobody reads them.
 */
export { default } from 'handlebars/dist/handlebars.js';
