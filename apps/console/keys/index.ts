/** API keys: who may do what, and until when. */
export { KeyRooms } from './key-rooms.tsx';
