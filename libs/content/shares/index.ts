/** Links that show a mail to people without a key. */
export { shareModel, shareSchema } from './share.schema.ts';
export { ShareErrors } from './share-errors.ts';
export { SharePageController } from './share-page.controller.ts';
export { ShareStore } from './share-store.ts';
export type { ShareView } from './share-view.ts';
export { Shares, type ShareRequest } from './shares.ts';
export { SharesController } from './shares.controller.ts';
