/** What feeds traits, and what uses them. */
export { templateUses } from './template-uses.ts';
export { TraitFeeds, type TraitFeed } from './trait-feeds.ts';
export { TraitUsers, type TraitUse, type TraitUser } from './trait-users.ts';
