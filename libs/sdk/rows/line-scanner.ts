import { rawCharacters, rowBytes } from './limits.ts';
import type { Newline, RawRow, RowFault, RowScanner, ScanStart } from './raw-row.ts';

/** A row a line; empty lines are no rows. Too long lines come with their beginning only. */
export class LineScanner implements RowScanner {
  protected text = '';
  protected position = 0;
  protected ended = false;
  private line: number;
  /** Offset of `text`'s first character. */
  private base: number;
  /** The start of a line that is being read over because it is too long. */
  private oversized: { start: number; text: string } | undefined;

  constructor(
    protected readonly newline: Newline,
    start: ScanStart,
  ) {
    this.line = start.line;
    this.base = start.offset;
  }

  push(text: string): void {
    this.base += this.position;
    this.text = this.text.slice(this.position) + text;
    this.position = 0;
  }

  end(): void {
    this.ended = true;
  }

  next(): RawRow | undefined {
    while (this.position < this.text.length || (this.ended && this.oversized)) {
      const newline = this.text.indexOf(this.newline, this.position);
      if (newline === -1 && !this.ended) {
        if (this.oversized || this.text.length - this.position > rowBytes) this.readOver();
        return undefined;
      }
      const lineEnd = newline === -1 ? this.text.length : newline;
      const row = this.oversized ? this.endOversized(this.oversized, lineEnd) : this.rowAt(lineEnd);
      if (row !== undefined) return row === 'more' ? undefined : row;
    }
    return undefined;
  }

  /** The row whose first line ends at `lineEnd`; undefined: an empty line, and no row. */
  protected rowAt(lineEnd: number): RawRow | 'more' | undefined {
    const text = this.lineText(lineEnd);
    if (text.length > rowBytes) return this.take(lineEnd, text.slice(0, rawCharacters), { fault: 'too_large' });
    return text.trim() === '' ? this.skip(lineEnd) : this.take(lineEnd, text);
  }

  protected lineText(lineEnd: number): string {
    const carriageReturn = this.text.charCodeAt(lineEnd - 1) === 13 && lineEnd > this.position;
    return this.text.slice(this.position, carriageReturn ? lineEnd - 1 : lineEnd);
  }

  protected take(
    lineEnd: number,
    text: string,
    found: { fields?: string[]; fault?: RowFault } = {},
    lines = 1,
  ): RawRow {
    const row: RawRow = {
      line: this.line,
      start: this.base + this.position,
      end: this.base + Math.min(lineEnd + 1, this.text.length),
      nextLine: this.line + lines,
      text,
      fields: found.fields,
      fault: found.fault,
    };
    this.position = row.end - this.base;
    this.line = row.nextLine;
    return row;
  }

  protected skip(lineEnd: number): undefined {
    this.position = Math.min(lineEnd + 1, this.text.length);
    this.line += 1;
  }

  private readOver(): void {
    const text = this.text.slice(this.position, this.position + rawCharacters);
    this.oversized ??= { start: this.base + this.position, text };
    this.position = this.text.length;
  }

  private endOversized({ start, text }: { start: number; text: string }, lineEnd: number): RawRow {
    this.oversized = undefined;
    return { ...this.take(lineEnd, text, { fault: 'too_large' }), start };
  }
}
