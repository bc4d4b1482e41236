import type { Composed } from '../compose/index.ts';

/** What the preview saw: a later difference names its cause by these. */
export interface PreviewVersions {
  template: { id: string; version: number | null; revision: number | null } | null;
  /** SHA-256 of the template's parts, saved or not. */
  parts: string;
  /** In the order in which they are met. */
  blocks: { slug: string; version: number | null; revision: number | null; hash: string }[];
  profile: { id: string; version: number } | null;
  /** SHA-256 by piece of the person that the mail may look at (profile, orders, events, consents), with what was changed for the preview. */
  person: Record<string, string>;
  /** ISO text. */
  clock: string;
  locale: string;
  /** Whose strings stand in for those that a language lacks. */
  defaultLocale: string;
  /** SHA-256 of the strings that were asked for, in that locale. */
  strings: string;
  /** `personal`: what the feed said about this person. */
  feeds: { slug: string; hash: string; state: string; at?: string; personal?: true }[];
}

/** What a preview's page shows. */
export interface PreviewedMail extends Composed {
  /** Whom the mail is for, as people know them. */
  person: string;
  /** The template's name. */
  name: string;
  versions: PreviewVersions;
  /** Sensitive traits are shown as a mask. */
  masked: boolean;
}
