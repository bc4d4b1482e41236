/** A typographic quote in a tag: a letter of a name there, which quotes nothing. */
export interface TypographicQuote {
  quote: string;
  /** In the tag. */
  at: number;
  isDouble: boolean;
}

/** Within straight quotes a typographic one is text like any other. */
const quotedOrQuote = /"[^"]*"|'[^']*'|\[[^\]]*\]|([“”„‟«»])|([‘’‚])/g;

export function typographicQuotesOf(tag: string): TypographicQuote[] {
  return [...tag.matchAll(quotedOrQuote)].flatMap(({ index: at, 0: quote, 1: double, 2: single }) =>
    double === undefined && single === undefined ? [] : [{ quote, at, isDouble: double !== undefined }],
  );
}
