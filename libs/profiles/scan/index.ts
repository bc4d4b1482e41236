/** Everything that is stored, page by page. */
export type { ScannedConsent, ScannedOrder, ScannedPart, ScannedProfile, ScanPage } from './scanned.ts';
export { StoreScan } from './store-scan.ts';
