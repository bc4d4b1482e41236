import { rawCharacters, rowBytes } from './limits.ts';
import { LineScanner } from './line-scanner.ts';
import type { Newline, RawRow, RowFault, ScanStart } from './raw-row.ts';

const quote = 34;

interface QuotedRow {
  fields: string[];
  /** Where the line end stands. */
  end: number;
}

/**
 * Rows of CSV (RFC 4180). A quote counts where a field starts, elsewhere it is text. After a broken quote, the line is given up and the
 * next line is the next row.
 */
export class CsvScanner extends LineScanner {
  private readonly delimiterCode: number;

  constructor(
    private readonly delimiter: string,
    newline: Newline,
    start: ScanStart,
  ) {
    super(newline, start);
    this.delimiterCode = delimiter.charCodeAt(0);
  }

  protected override rowAt(lineEnd: number): RawRow | 'more' | undefined {
    const line = this.lineText(lineEnd);
    if (line === '' || line.length > rowBytes) return super.rowAt(lineEnd);
    if (!line.includes('"')) return this.take(lineEnd, line, { fields: line.split(this.delimiter) });
    const row = this.quotedRow();
    if (row === 'more') return row;
    if (typeof row === 'string') return this.take(lineEnd, line.slice(0, rawCharacters), { fault: row });
    const text = this.lineText(row.end);
    const lines = row.end === lineEnd ? 1 : text.split(this.newline).length;
    return this.take(row.end, text, { fields: row.fields }, lines);
  }

  /** Reads fields from the position on; a quoted one may go over lines. */
  private quotedRow(): QuotedRow | RowFault | 'more' {
    const { text, position } = this;
    const fields: string[] = [];
    let at = position;
    for (;;) {
      const field = text.charCodeAt(at) === quote ? this.quotedField(at + 1) : this.plainField(at);
      if (typeof field === 'string') return field;
      fields.push(field.value);
      at = field.end;
      if (at >= text.length) return this.ended ? { fields, end: at } : 'more';
      if (text[at] === this.newline) return { fields, end: at };
      at += 1; // over the delimiter
    }
  }

  private plainField(start: number): { value: string; end: number } {
    const { text } = this;
    const newline = this.newline.charCodeAt(0);
    let end = start;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === this.delimiterCode || code === newline) break;
    }
    const stop = end > start && text.charCodeAt(end - 1) === 13 && text.charCodeAt(end) !== this.delimiterCode;
    return { value: text.slice(start, stop ? end - 1 : end), end };
  }

  private quotedField(start: number): { value: string; end: number } | RowFault | 'more' {
    const { text } = this;
    let value = '';
    let from = start;
    for (;;) {
      const found = text.indexOf('"', from);
      const length = (found === -1 ? text.length : found) - this.position;
      if (length > rowBytes) return 'unclosed_quote';
      if (found === -1) return this.ended ? 'unclosed_quote' : 'more';
      if (found + 2 >= text.length && !this.ended) return 'more'; // `""`, a line end of two characters
      value += text.slice(from, found);
      if (text.charCodeAt(found + 1) !== quote) return this.closed(value, found + 1);
      value += '"';
      from = found + 2;
    }
  }

  private closed(value: string, end: number): { value: string; end: number } | RowFault {
    const { text, newline } = this;
    const next = text[end];
    if (next === '\r' && newline === '\n' && (text[end + 1] === '\n' || end + 1 === text.length)) {
      return { value, end: end + 1 };
    }
    return next === undefined || next === newline || next === this.delimiter ? { value, end } : 'text_after_quote';
  }
}
