import { typographicQuotesOf } from '../../mail-text/index.ts';
import type { Edit } from '../finding.ts';
import type { LintedPart } from '../mail/index.ts';
import type { Rule } from '../rule.ts';

export const typographicQuotes: Rule = {
  id: 'typographic-quotes',
  severity: 'error',
  about: 'Typographic quotes in template code: they are letters of a name there, and quote nothing.',
  *check({ parts, blocks = [] }) {
    for (const part of parts) {
      for (const { start, end } of part.tags) {
        const edits = editsIn(part, start, end);
        const [first] = edits;
        if (!first) continue;
        const shown = part.source.slice(first.start, first.end);
        yield {
          message: messageOf(shown),
          at: part.spot(first.start, first.end),
          fix: { title: 'Type straight quotes', edits },
        };
      }
    }
    for (const { slug, part } of blocks) {
      const [first] = part.tags.flatMap(({ start, end }) => editsIn(part, start, end));
      if (first) yield { message: `In the block "${slug}": ${messageOf(part.source.slice(first.start, first.end))}` };
    }
  },
};

function messageOf(quote: string): string {
  return `The tag has a typographic quote (${quote}), which quotes nothing: type straight ones, " or '.`;
}

function editsIn(part: LintedPart, start: number, end: number): Edit[] {
  return typographicQuotesOf(part.source.slice(start, end)).map(({ quote, at, isDouble }) => ({
    ...part.spot(start + at, start + at + quote.length),
    text: isDouble ? '"' : "'",
  }));
}
