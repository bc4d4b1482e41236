/** What a text that is only shown has in common with one that is written. Apart from index.ts, so that it can be loaded when it is needed. */
export { nonce } from './nonce.ts';
export { handlebars } from './handlebars.ts';
export { theme } from './theme.ts';
