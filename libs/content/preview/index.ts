/** Previews over HTTP, and their page. */
export { BrowserErrors } from './browser-errors.ts';
export { CONNECTION_NAMES, type ConnectionNames } from './connection-names.ts';
export { ComparePreviewsController } from './compare.controller.ts';
export type { PreviewDifferences, PreviewInput } from './differences.ts';
export { mailCard, mailDocument, mailHeaders, sendNotice, type Notice, type ShownMail } from './page/index.ts';
export { inertUnsubscribeUrl } from './inert-unsubscribe-url.ts';
export { PreviewController } from './preview.controller.ts';
export { PreviewPageController } from './preview-page.controller.ts';
export { previewModel, previewSchema } from './preview.schema.ts';
export { PreviewRequestDto } from './preview-request.dto.ts';
export { PreviewService, type PersonalMail, type Preview, type PreviewRequest } from './preview.service.ts';
export type { PreviewedMail } from './previewed-mail.ts';
export { EdgeCases } from './edge-cases.ts';
export { nameOf, samplePerson, type JsonObject } from './sample-person.ts';
export { PreviewStore } from './preview-store.ts';
