/** People: what is known of each, where it came from, and what happened. */
export { PersonRooms } from './person-rooms.tsx';
export { nameOf } from './words.ts';
