/** One helper: what it is called, what it takes, what it does. The documentation and the tests of examples come from here. */
export interface Helper {
  name: string;
  /** As a person writes it: `defaultIfEmpty value fallback`. */
  usage: string;
  doc: string;
  /** Arguments that it needs at least (default 1). */
  least?: number;
  /** Whose dialect it belongs to; without one it is of the standard set. */
  dialect?: 'Iterable' | 'SendGrid';
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
  /** For `{{#name}}…{{else}}…{{/name}}`: renders one of both parts; absent inline. */
  choose?: (first: boolean) => string;
}
