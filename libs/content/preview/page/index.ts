/** What browsers see of a preview. */
export { document, mailHeaders, pageHeaders } from './document.ts';
export { mailCard, type ShownMail } from './mail-card.ts';
export { mailDocument } from './mail-document.ts';
export { noticePage } from './notice-page.ts';
export { previewPage } from './preview-page.ts';
export { html, Html } from './html.ts';
