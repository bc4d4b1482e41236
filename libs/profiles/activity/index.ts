/** What people did: events and orders together. */
export { ActivityStore } from './activity-store.ts';
