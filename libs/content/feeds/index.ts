/** JSON from elsewhere that mails show. */
export type { FeedContent, OpenFeeds } from './feed-content.ts';
export { FeedFetcher } from './feed-fetcher.ts';
export { FeedHeaders } from './feed-headers.ts';
export { feedContentModel, feedContentSchema, feedModel, feedSchema } from './feed.schema.ts';
export { FeedStore } from './feed-store.ts';
export { Feeds, type NewFeed } from './feeds.ts';
export { FeedsController } from './feeds.controller.ts';
export type { FeedView } from './feed-view.ts';
export { PersonalFeeds } from './personal-feeds.ts';
export { SharedFeeds } from './shared-feeds.ts';
