export { addressMarksIn, identityMark, inboxId, type Arrival } from './arrival.ts';
export { Arrivals } from './arrivals.ts';
export { inboxItemModel, inboxItemSchema, type InboxItem } from './inbox-item.schema.ts';
export { inboxLaneModel, inboxLaneSchema, type InboxLane } from './inbox-lane.schema.ts';
export { InboxReader, type ReadingOptions, type ReadItem } from './inbox-reader.ts';
export { InboxStore } from './inbox-store.ts';
export { Inbox } from './inbox.ts';
