/** How a source is written. */
export type SourceFormat = 'html' | 'mjml';

/** A part of a mail as a person wrote it. */
export interface WrittenPart {
  /** Names the part in errors: `subject`, `source`. */
  name: string;
  source: string;
  /** Values are escaped for HTML. */
  html: boolean;
  /** Default `html`. */
  format?: SourceFormat;
}

/** A reusable block, as its version has it. */
export interface BlockSource {
  /** What shows when no variant is chosen. */
  source: string;
  /** In order; what is left out by a caller has its default. */
  params: { name: string; default?: string | number | boolean | null }[];
  variants: { name: string; source: string }[];
}

/** By slug. */
export type BlockSources = Readonly<Record<string, BlockSource>>;

/** Where a tag of a prepared source comes from. */
export interface TagOrigin {
  /** The slug of the block that it stands in; absent for the template itself. */
  block?: string;
  /** Offset in that source: of the block's own, or of its variant. */
  offset: number;
  variant?: string;
  /** How many letters later its arguments start than they were written. */
  shift?: number;
}

/** A source whose blocks were put in. */
export interface LinkedSource {
  text: string;
  /** Of each tag of the text, in order. */
  origins: TagOrigin[];
}
