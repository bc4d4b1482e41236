/** What a template may be at most; checked before the parser sees it. */
export const limits = {
  /** Bytes of UTF-8. */
  sourceBytes: 256 * 1024,
  /** Bytes of what is compiled in the end: with its blocks, and as the HTML that MJML makes of it. */
  preparedBytes: 512 * 1024,
  /** `{{…}}` without comments: making them ready for a preview takes memory and time for each. */
  tags: 5_000,
  /** Blocks inside blocks; every `{{else if}}` is one more. */
  blockDepth: 100,
  /** Parentheses inside parentheses. */
  callDepth: 20,
} as const;
