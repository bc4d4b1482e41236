/** What a page may say about the script. */
export interface Options {
  /** Where events go; default: where the script is from. */
  host: string;
  /** Tell page views by itself, those of single-page apps included (default true). */
  pages: boolean;
  /** Take Do Not Track and Global Privacy Control for a refusal that nothing on the page overrules (default true). */
  respectSignals: boolean;
}

/** What browsers say for their users: https://www.w3.org/TR/gpc/ and its forerunner. */
export function isRefusedByBrowser(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl === true || doNotTrack === '1';
}
