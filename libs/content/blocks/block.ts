import type { Condition } from '@millrace/sdk';

/** What a caller can hand to a block: `{{> card title="x"}}`. */
export interface BlockParam {
  name: string;
  /** Without one the parameter is missing when the caller leaves it out. */
  default?: string | number | boolean | null;
  doc?: string;
}

/** What a block shows to people of an audience. */
export interface BlockVariant {
  name: string;
  /** About the person: `traits.tier`, `orders[*].total`, `lastOrder`, `events`, `consents`. */
  when: Condition;
  source: string;
  /** Of several whose conditions hold the greatest counts. */
  priority: number;
}

/** What a block is, apart from its name. */
export interface BlockContent {
  /** Handlebars in HTML or MJML, as the mail that uses it; for a layout with `{{> @partial-block}}` where the caller's body goes. */
  source: string;
  params: BlockParam[];
  /** Without any, everybody sees `source`; else whom no condition holds for. */
  variants: BlockVariant[];
}

/** A block as a mail uses it: its draft (with a revision) or a version. */
export interface BlockVersion extends BlockContent {
  slug: string;
  name: string;
  version: number | null;
  revision: number | null;
  /** SHA-256 of the content. */
  hash: string;
}

/** Which state of blocks a mail uses: drafts of templates use drafts, published versions what is published. */
export type BlockStage = 'draft' | 'published';

/** A block in the state that mails see, and which blocks it uses there. */
export interface BlockOutline {
  slug: string;
  /** SHA-256 of its content: revisions and versions begin again when a block is removed and made anew. */
  state: string;
  uses: string[];
}
