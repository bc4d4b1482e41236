/** Audiences: whom each means, who is in it, and who came and went. */
export { AudienceRooms } from './audience-rooms.tsx';
