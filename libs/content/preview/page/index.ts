/** What browsers see of a preview. */
export { mailCard, type ShownMail } from './mail-card.ts';
export { mailDocument } from './mail-document.ts';
export { mailHeaders } from './mail-headers.ts';
export { previewPage } from './preview-page.ts';
export { sendNotice, type Notice } from './send-notice.ts';
