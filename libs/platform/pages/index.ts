/** Pages for people with a browser. */
export { document, pageHeaders, privateHeaders } from './document.ts';
export { escapeHtml } from './escape-html.ts';
export { html, Html } from './html.ts';
export { noticePage } from './notice-page.ts';
