/** Where a sync is made and changed. */
export { NewSync } from './new-sync.tsx';
export { SyncSettings } from './sync-settings.tsx';
