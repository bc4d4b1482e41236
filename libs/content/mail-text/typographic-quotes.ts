/** A typographic quote in a tag: a letter of a name there, which quotes nothing. */
export interface TypographicQuote {
  quote: string;
  /** In the tag. */
  at: number;
  isDouble: boolean;
}

/** Within straight quotes a typographic one is text like any other. */
const quotedOrQuote = /"[^"]*"|'[^']*'|\[[^\]]*\]|([“”„‟«»])|([‘’‚])/g;

/**
 * A name in a feed's tag that is quoted, `[[news.[“a:b”]]]`: Iterable quotes those with others than letters in them, with double ones. Within a name, or
 * at one end of it only (`[the boys’]`), a quote is a letter.
 */
const quotedName = /\[(["“”„‟«»‘’‚])[^[\]]*(["“”„‟«»‘’‚])\]/g;

export function typographicQuotesOf(tag: string): TypographicQuote[] {
  if (tag.startsWith('[[')) {
    return [...tag.matchAll(quotedName)].flatMap(({ index, 0: { length }, 1: first = '', 2: last = '' }) => {
      const ends = [
        { quote: first, at: index + 1, isDouble: true },
        { quote: last, at: index + length - 2, isDouble: true },
      ];
      return ends.filter(({ quote }) => quote !== '"');
    });
  }
  return [...tag.matchAll(quotedOrQuote)].flatMap(({ index: at, 0: quote, 1: double, 2: single }) =>
    double === undefined && single === undefined ? [] : [{ quote, at, isDouble: double !== undefined }],
  );
}
