/** What browsers see of a preview. */
export { document, mailHeaders, pageHeaders } from './document.ts';
export { html, type Html } from './html.ts';
export { mailDocument } from './mail-document.ts';
export { noticePage } from './notice-page.ts';
export { previewPage } from './preview-page.ts';
