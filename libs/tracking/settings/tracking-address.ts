import type { Settings } from '#platform';

/** What pixels and links start with, without a slash at its end. */
export function trackingAddress({ trackingUrl, publicUrl }: Pick<Settings, 'trackingUrl' | 'publicUrl'>): string {
  return (trackingUrl ?? publicUrl).replace(/\/+$/, '');
}
