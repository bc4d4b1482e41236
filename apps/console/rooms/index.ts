/** What a room is made of in which one thing is looked at and steered. */
export { AdminsRoom } from './admins-room.tsx';
export type { Deed } from './deed.ts';
export { Deeds } from './deeds.tsx';
export { Facts, type Fact } from './facts.tsx';
export { ListRow } from './list-row.tsx';
export { OperatorsOnly } from './operators-only.tsx';
export { removal } from './removal.ts';
export { Rest } from './rest.tsx';
export { Room } from './room.tsx';
export { SettingsRoom } from './settings-room.tsx';
export { Trouble } from './trouble.tsx';
