import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';

/** Something to be said about a place in a template. Line and column count from 1. */
export interface Mark {
  severity: 'error' | 'warning' | 'hint';
  message: string;
  line: number;
  column: number;
}

/** The mark's place becomes the tag, or the word, that begins there. A place that is gone by now moves into the document. */
export function diagnosticOf(mark: Mark, document: Text): Diagnostic {
  const line = document.line(Math.min(Math.max(mark.line, 1), document.lines));
  const start = Math.min(line.from + Math.max(mark.column - 1, 0), line.to);
  const [tag] = /^\{\{\{?[^}]*\}{0,3}|^[\w.@/-]+|^./u.exec(line.text.slice(start - line.from)) ?? [''];
  return { from: start, to: start + tag.length, severity: mark.severity, message: mark.message };
}
