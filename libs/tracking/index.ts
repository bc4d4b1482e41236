/** Mails that tell when they are opened and what is clicked: pixels, tracked links, and composed mails with both. */
export { TrackingLinks, type FirstLinkListener, type LinkMaker } from './links/index.ts';
export { MailTracking, type MailRecipient, type MailToTrack, type TrackedResult } from './mails/index.ts';
export type { TrackedLink, TrackedMail } from './tokens/index.ts';
export { TrackingModule } from './tracking.module.ts';
