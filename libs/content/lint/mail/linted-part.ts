import type { MailPart } from '../../compose/index.ts';
import { scan, TemplateFault, type Tag } from '../../guard/index.ts';
import { Lines, type Outline, type OutlinedToken, type SourceRange } from '../../tokens/index.ts';
import type { Spot } from '../finding.ts';
import { htmlTags, type HtmlSource } from './html-tag.ts';

/** One part of a template as rules look at it. */
export class LintedPart {
  /** `{{…}}` in the source, without comments. */
  readonly tags: readonly Tag[];
  readonly #lines: Lines;
  #html: HtmlSource | undefined;

  constructor(
    readonly part: MailPart,
    readonly source: string,
    /** Empty when the source does not parse. */
    readonly outline: Outline,
  ) {
    this.tags = tagsOf(source);
    this.#lines = new Lines(source);
  }

  /** None in a part that is no HTML. */
  get html(): HtmlSource {
    this.#html ??= this.part === 'source' ? htmlTags(this.source, this.tags) : { opening: [], closing: new Map() };
    return this.#html;
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

function tagsOf(source: string): Tag[] {
  try {
    return scan(source).tags;
  } catch (thrown) {
    if (thrown instanceof TemplateFault) return []; // the sandbox refuses the source with its own message
    throw thrown;
  }
}
