/** What feeds traits, and what uses them. */
export { audienceUses } from './audience-uses.ts';
export { syncUses } from './sync-uses.ts';
export { templateUses } from './template-uses.ts';
export { TraitFeeds, type TraitFeed } from './trait-feeds.ts';
export { TraitUsers, type TraitUse, type TraitUser } from './trait-users.ts';
