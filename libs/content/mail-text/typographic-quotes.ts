/** A typographic quote in a tag: a letter of a name there, which quotes nothing. */
export interface TypographicQuote {
  quote: string;
  /** In the tag. */
  at: number;
  isDouble: boolean;
}

/** Within straight quotes a typographic one is text like any other. */
const quotedOrQuote = /"[^"]*"|'[^']*'|\[[^\]]*\]|([“”„‟«»])|([‘’‚])/g;

/** Of a feed's tag, `[[news.[“a:b”]]]`: there Iterable quotes names with others than letters in them, with double ones. Within such a name it is a letter. */
const aroundName = /"[^"]*"|((?<=\[)[“”„‟«»‘’‚]|[“”„‟«»‘’‚](?=\]))/g;

export function typographicQuotesOf(tag: string): TypographicQuote[] {
  if (tag.startsWith('[[')) {
    return [...tag.matchAll(aroundName)].flatMap(({ index: at, 1: quote }) =>
      quote === undefined ? [] : [{ quote, at, isDouble: true }],
    );
  }
  return [...tag.matchAll(quotedOrQuote)].flatMap(({ index: at, 0: quote, 1: double, 2: single }) =>
    double === undefined && single === undefined ? [] : [{ quote, at, isDouble: double !== undefined }],
  );
}
