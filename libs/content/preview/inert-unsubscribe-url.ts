/** Where `{{unsubscribeUrl}}` leads in previews: to a page that says so, and unsubscribes nobody. */
export function inertUnsubscribeUrl(publicUrl: string): string {
  return `${publicUrl.replace(/\/$/, '')}/u/preview`;
}
