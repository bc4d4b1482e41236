/** What people asked for under data protection law: exports, restrictions, erasures. */
export { PersonRequests } from './person-requests.tsx';
export { PrivacyRooms } from './privacy-rooms.tsx';
