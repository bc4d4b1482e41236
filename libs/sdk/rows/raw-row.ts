/** A row as it was cut out of the file, still as bytes (latin1). */
export interface RawRow {
  /** Line on which it starts, from 1. */
  line: number;
  /** Offset at which it starts, and at which the next row starts. */
  start: number;
  end: number;
  nextLine: number;
  text: string;
  /** Of CSV. */
  fields?: string[];
  fault?: RowFault;
}

export type RowFault = 'too_large' | 'text_after_quote' | 'unclosed_quote';

/** Cuts text into rows: give it chunks, take rows until it has none. */
export interface RowScanner {
  push(text: string): void;
  /** No more chunks will come. */
  end(): void;
  /** The next row; undefined: more text is needed, or all was read. */
  next(): RawRow | undefined;
}

export interface ScanStart {
  offset: number;
  line: number;
}

export type Newline = '\n' | '\r';
