import { contentHash } from '#platform';
import type { ChosenTemplate } from '../templates/index.ts';

/** SHA-256 of what a mail is made of, apart from people: its parts, its blocks, and what decides to whom it may go. */
export function contentKey({ parts, blocks, channel, purpose }: ChosenTemplate): string {
  return contentHash({ parts, blocks: blocks.map(({ slug, hash }) => [slug, hash]), channel, purpose });
}
