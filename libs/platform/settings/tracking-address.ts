import type { Settings } from './settings.ts';

/** What pixels, links and requests of web pages start with, without a slash at its end. */
export function trackingAddress({ trackingUrl, publicUrl }: Pick<Settings, 'trackingUrl' | 'publicUrl'>): string {
  return (trackingUrl ?? publicUrl).replace(/\/+$/, '');
}
