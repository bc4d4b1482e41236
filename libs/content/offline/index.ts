/** Mails of content that is in hand: for tests of templates that are kept in git. */
export type { GivenContent } from './given-content.ts';
export { OfflineMails } from './offline-mails.ts';
