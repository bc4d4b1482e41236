/** One helper: what it is called, what it takes, what it does. The documentation and the tests of examples come from here. */
export interface Helper {
  name: string;
  /** As a person writes it: `defaultIfEmpty value fallback`. */
  usage: string;
  doc: string;
  /** Arguments that it needs at least (default 1). */
  least?: number;
  /** It is called even when it stands alone, without arguments. */
  bare?: boolean;
  /** Whose dialect it belongs to; without one it is of the standard set. */
  dialect?: 'Iterable' | 'SendGrid' | 'Braze';
  /** `{{#name …}}…{{/name}}` */
  block?: boolean;
  example: { template: string; data: Record<string, unknown>; output: string };
  run(args: readonly unknown[], call: HelperCall): unknown;
}

/** How the helper was called. */
export interface HelperCall {
  /** Named arguments. */
  hash: Readonly<Record<string, unknown>>;
  locale: string;
  timeZone: string;
  /** ISO text of the mail's clock. */
  now: string;
  /** Texts of the mail's locale by key. */
  strings: Readonly<Record<string, string>>;
  /** The locale of those that are written in another language. */
  stringLocales: Readonly<Record<string, string>>;
  /** It is called in a part that is no HTML: what blocks show is not escaped. */
  plain: boolean;
  /** What the template sees where it calls. */
  self: unknown;
  /** All that the template sees. */
  root: object;
  /** What `#assign` sets. */
  assigned: object;
  /** What hmacSHA1 and hmacSHA256 sign with; absent where nobody has set it. */
  hmacSecret?: string;
  /** Tells what the person who previews should know, with its place. */
  note: (kind: 'skip' | 'missing_string' | 'missing_entry', text: string) => void;
  /** For `{{#name}}…{{else}}…{{/name}}`: renders one of both parts; absent inline. */
  choose?: (first: boolean) => string;
  /** Renders the first part with another context, and values for `as |x|`; absent inline. */
  within?: (context: unknown, ...blockParams: unknown[]) => string;
  /** Renders the part behind `{{else}}`; absent inline. */
  otherwise?: () => string;
}
