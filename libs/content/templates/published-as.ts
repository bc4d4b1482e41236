import { contentHash } from '#platform';
import type { StoredTemplate } from './template.schema.ts';
import type { StoredTemplateVersion } from './template-version.schema.ts';

/** What publishing keeps: what the mails say, and to whom they may go. */
export type Published = Pick<StoredTemplate, 'channel' | 'purpose' | 'parts'>;

/** What was published as a version. Where an old one does not tell its channel and purpose, it goes by those of the draft, which keeps them for it when it changes. */
export function publishedAs(
  { channel, purpose, parts }: StoredTemplateVersion,
  draft: Pick<StoredTemplate, 'channel' | 'purpose'>,
): Published {
  return { channel: channel ?? draft.channel, purpose: purpose ?? draft.purpose, parts };
}

/** SHA-256 */
export function hashOf({ channel, purpose, parts }: Published): string {
  return contentHash({ channel, purpose, parts });
}
