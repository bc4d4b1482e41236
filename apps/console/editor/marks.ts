import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';

/** Something to be said about a place in a template. Line and column count from 1. */
export interface Mark {
  severity: 'error' | 'warning' | 'hint';
  message: string;
  line: number;
  column: number;
  /** Behind the last letter; absent: the tag or the word that begins there. */
  endLine?: number;
  endColumn?: number;
}

/** A place that is gone by now moves into the document. */
export function diagnosticOf(mark: Mark, document: Text): Diagnostic {
  const { line, column, endLine, endColumn, severity, message } = mark;
  const from = offsetOf(document, line, column);
  const to =
    endLine === undefined || endColumn === undefined
      ? endOfTag(document, from)
      : offsetOf(document, endLine, endColumn);
  return { from, to: Math.max(from, to), severity, message };
}

function offsetOf(document: Text, line: number, column: number): number {
  const { from, to } = document.line(Math.min(Math.max(line, 1), document.lines));
  return Math.min(from + Math.max(column - 1, 0), to);
}

function endOfTag(document: Text, start: number): number {
  const { from, text } = document.lineAt(start);
  const [tag] = /^\{\{\{?[^}]*\}{0,3}|^[\w.@/-]+|^./u.exec(text.slice(start - from)) ?? [''];
  return start + tag.length;
}
