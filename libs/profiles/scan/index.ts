/** Everything that is stored, page by page. */
export type {
  ScannedConsent,
  ScannedEvent,
  ScannedOrder,
  ScannedPart,
  ScannedProduct,
  ScannedProfile,
  ScanPage,
} from './scanned.ts';
export { StoreScan } from './store-scan.ts';
