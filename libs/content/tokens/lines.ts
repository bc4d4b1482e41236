import type { SourceRange } from './token.ts';

/** Turns offsets into lines and columns, and back, by halving. */
export class Lines {
  readonly #starts: number[];

  constructor(source: string) {
    this.#starts = [0];
    // Lines end as the parser takes them to.
    for (const { index, 0: end } of source.matchAll(/\r\n?|\n/g)) this.#starts.push(index + end.length);
  }

  range(start: number, end: number): SourceRange {
    const [line, column] = this.#at(start);
    const [endLine, endColumn] = this.#at(end);
    return { line, column, endLine, endColumn };
  }

  /** The offset of a line and a column, which count from 1. */
  offset(line: number, column: number): number {
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }

  #at(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (this.#starts[low] ?? 0) + 1];
  }
}
