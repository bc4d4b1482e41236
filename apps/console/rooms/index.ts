/** What a room is made of in which one thing is looked at and steered. */
export type { Deed } from './deed.ts';
export { Deeds } from './deeds.tsx';
export { Facts, type Fact } from './facts.tsx';
export { ListRow } from './list-row.tsx';
export { removal } from './removal.ts';
export { Room } from './room.tsx';
export { Trouble } from './trouble.tsx';
