/** What templates use of people, and what feeds it. */
export { FEEDS, type Feed, type Feeds } from './feed.ts';
export { useOfTarget } from './use-of-target.ts';
export { touch, useOf, usesOf, type Use } from './uses-of.ts';
