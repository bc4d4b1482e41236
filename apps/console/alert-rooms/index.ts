/** Alert rules and the channels to which they send: looked at, made, changed, tried. */
export { AlertRooms } from './alert-rooms.tsx';
