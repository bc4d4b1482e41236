import { contentHash } from '#platform';
import type { ChosenTemplate } from '../templates/index.ts';

/** What mails take from elsewhere than their template, and what is the same for everybody. */
export interface Surroundings {
  defaultLocale: string;
  /** SHA-256 of the strings that the template shows, in all locales. */
  strings: string;
}

/** SHA-256 of what a mail is made of, apart from people and feeds: its parts, its blocks, its strings, and what decides to whom it may go. */
export function contentKey({ parts, blocks, channel, purpose }: ChosenTemplate, surroundings: Surroundings): string {
  return contentHash({
    parts,
    blocks: blocks.map(({ slug, hash }) => [slug, hash]),
    channel,
    purpose,
    ...surroundings,
  });
}
