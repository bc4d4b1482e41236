/** What arrives by itself: sources and their write keys, Segment's HTTP API, the inbox, and the connector `collect`. */
export { CollectModule } from './collect.module.ts';
export { Collector, type Collected, type Reading } from './collector/index.ts';
export { CollectedErasure } from './erasure.ts';
export { Admission, bytesOf, segmentPaths } from './http/index.ts';
export {
  addressMarksIn,
  Arrivals,
  identityMark,
  Inbox,
  inboxId,
  inboxItemSchema,
  inboxLaneSchema,
  InboxReader,
  InboxStore,
  type Arrival,
  type InboxItem,
  type InboxLane,
  type ReadItem,
} from './inbox/index.ts';
export { collectedTexts } from './marked-texts.ts';
export { CollectedExport } from './people-export.ts';
export { CollectedPeople, SENSITIVE_NAMES, type SensitiveNames } from './people/index.ts';
export { PushedEvents, type PushedBatch } from './live/index.ts';
export type { Message } from './messages/index.ts';
export { serveCollecting } from './serve-collecting.ts';
export { Sources, type SendingSource } from './sources/index.ts';
