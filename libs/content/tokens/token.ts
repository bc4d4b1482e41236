import type { Json } from '@millrace/sdk';

/** What a token is there for: its text shows, it decides what shows, it is gone through, or it is handed to a block. */
export type TokenUse = 'text' | 'condition' | 'list' | 'argument';

/** A token as one render met it. */
export interface TracedToken {
  /** Absolute: `lastOrder.lines.0.name`, wherever the template stood. */
  path: string;
  /** As the template writes it. */
  written: string;
  line: number;
  column: number;
  use: TokenUse;
  value: Json;
  missing: boolean;
  /** What showed instead of a missing value; null when nothing did. */
  fallback: string | null;
}

/** A token's place in a source. */
export interface TokenSite {
  written: string;
  line: number;
  column: number;
  use: TokenUse;
  /** What follows the value that the path starts at. */
  tail: string[];
  /** The fallback is given, and how it is written: SendGrid's `default=` is not part of it. */
  fallback?: 'plain' | 'sendgrid';
}
