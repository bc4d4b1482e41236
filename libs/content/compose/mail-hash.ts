import { contentHash } from '#platform';
import type { Composed } from './composed.ts';

export type HashedMail = Pick<Composed, 'subject' | 'preheader' | 'html' | 'text' | 'fromName' | 'headers'>;

/** SHA-256 over what a mail says. Whoever decodes a received mail can tell by it that it is the one that was previewed. */
export function mailHash({ subject, preheader, html, text, fromName, headers }: HashedMail): string {
  return contentHash({ subject, preheader, html, text, ...(fromName !== undefined && { fromName }), headers });
}
