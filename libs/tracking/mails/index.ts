export { MailTracking, type MailRecipient, type MailToTrack, type TrackedResult } from './mail-tracking.ts';
export { TrackMailDto, TrackedMailHtmlDto } from './track-mail.dto.ts';
