/** What templates use of people, and what feeds it. */
export { SUPPLIES, type Supply, type Supplies } from './supply.ts';
export { useOfTarget } from './use-of-target.ts';
export { usesOfCondition } from './uses-of-condition.ts';
export { touch, useOf, usesOf, type Use } from './uses-of.ts';
