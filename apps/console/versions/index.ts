/** What was published, and how it differs. */
export { Comparison } from './comparison.tsx';
export { VersionsDialog } from './versions-dialog.tsx';
