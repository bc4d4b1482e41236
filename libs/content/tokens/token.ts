import type { Json } from '@millrace/sdk';

/** What a token is there for: its text shows, it decides what shows, it is gone through, or it is handed to a block. */
export type TokenUse = 'text' | 'condition' | 'list' | 'argument';

/** Where something stands in a source. Lines and columns count from 1; the end is behind the last letter. */
export interface SourceRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Where something shows in an output: offsets (UTF-16) of its first letter and behind its last. */
export interface OutputPlace {
  start: number;
  end: number;
}

/** A token as one render met it. */
export interface TracedToken extends SourceRange {
  /** Absolute: `lastOrder.lines.0.name`, wherever the template stood. */
  path: string;
  /** As the template writes it. */
  written: string;
  use: TokenUse;
  value: Json;
  missing: boolean;
  /** What showed instead of a missing value; null when nothing did. */
  fallback: string | null;
}

/** A token's place in a source. */
export interface TokenSite extends SourceRange {
  written: string;
  use: TokenUse;
  /** What follows the value that the path starts at. */
  tail: string[];
  /** Sites of the same token that are met whenever this one is: they are not told themselves. */
  same?: TokenSite[];
  /** Its text goes into something else, such as a hash: marks would change that. */
  silent?: true;
  /** The fallback is given, and how it is written: SendGrid's `default=` is not part of it. */
  fallback?: 'plain' | 'sendgrid';
}
