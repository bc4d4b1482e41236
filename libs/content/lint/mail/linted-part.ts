import type { MailPart } from '../../compose/index.ts';
import { scan, TemplateFault, type Scan, type Tag } from '../../guard/index.ts';
import { Lines, type Outline, type OutlinedToken, type SourceRange } from '../../tokens/index.ts';
import type { Spot } from '../finding.ts';
import { htmlTags, type HtmlSource } from './html-tag.ts';

/** One part of a template as rules look at it. */
export class LintedPart {
  /** `{{…}}` in the source, without comments. */
  readonly tags: readonly Tag[];
  readonly #comments: readonly Tag[];
  readonly #lines: Lines;
  #html: HtmlSource | undefined;

  constructor(
    readonly part: MailPart,
    readonly source: string,
    /** Empty when the source does not parse. */
    readonly outline: Outline,
  ) {
    const { tags, comments } = codeIn(source);
    this.tags = tags;
    this.#comments = comments;
    this.#lines = new Lines(source);
  }

  /** None in a part that is no HTML. */
  get html(): HtmlSource {
    this.#html ??= this.part === 'source' ? this.#tagsOfHtml() : { opening: [], closing: new Map() };
    return this.#html;
  }

  #tagsOfHtml(): HtmlSource {
    const code = [...this.tags, ...this.#comments].sort((a, b) => a.start - b.start);
    return htmlTags(this.source, code);
  }

  spot(start: number, end: number): Spot {
    return { part: this.part, start, end };
  }

  spotOf({ line, column, endLine, endColumn }: OutlinedToken): Spot {
    return this.spot(this.#lines.offset(line, column), this.#lines.offset(endLine, endColumn));
  }

  range({ start, end }: Spot): SourceRange {
    return this.#lines.range(start, end);
  }

  at(line: number, column: number): Spot {
    const start = this.#lines.offset(line, column);
    return this.spot(start, start);
  }
}

function codeIn(source: string): Pick<Scan, 'tags' | 'comments'> {
  try {
    return scan(source);
  } catch (thrown) {
    if (thrown instanceof TemplateFault) return { tags: [], comments: [] }; // the sandbox refuses the source with its own message
    throw thrown;
  }
}
