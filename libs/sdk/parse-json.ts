import type { Json, Row } from './json.ts';

/** Digits in a row that a number may not hold exactly. */
const many = 16;
const byteOrderMark = 0xfeff;
/** As many as MongoDB promises to keep: https://www.mongodb.com/docs/manual/reference/limits/#std-label-limit-nested-depth. */
const mostLevels = 100;
/** Of a document with many records: one that is too deep to be stored is not to take the others along; the engine rejects it alone. */
export const documentLevels = 1000;

/**
 * As `JSON.parse`, but an integer that a number cannot hold exactly (beyond 2^53) becomes its digits as text: rounded, two ids would be one. A byte
 * order mark before it is left out (RFC 8259, 8.1): programs on Windows like to send one. Throws a SyntaxError, also of lists and objects more than
 * `levels` deep (default 100): some thousands end what walks through them.
 */
export function parseJson(text: string, levels = mostLevels): Json {
  const json = text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
  const value = JSON.parse(withExactIntegers(json)) as Json;
  if (text.length > 2 * levels && isDeeper(value, levels))
    throw new SyntaxError(`it is nested more than ${levels} levels deep`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1));
  for (const name in value) if (isDeeper((value as Row)[name], levels - 1)) return true;
  return false;
}

/** The JSON with its inexact integers in quotes. What is not JSON stays as it is. */
export function withExactIntegers(text: string): string {
  return hasManyDigits(text) && isJson(text) ? quoted(text) : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Looks at every 16th character only: each run of so many digits has one there. Looking at all would take as long as parsing. */
function hasManyDigits(text: string): boolean {
  for (let at = many - 1; at < text.length; at += many) {
    if (!isDigit(text, at)) continue;
    let [start, end] = [at, at + 1];
    while (isDigit(text, start - 1)) start--;
    while (isDigit(text, end)) end++;
    if (end - start >= many) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at); // NaN outside of the text
  return code >= 48 && code <= 57;
}

function quoted(text: string): string {
  const marks = /"|\d{16,}/g;
  let exact = '';
  let done = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    if (found[0] === '"') {
      marks.lastIndex = endOfText(text, found.index) + 1;
      continue;
    }
    const start = text[found.index - 1] === '-' ? found.index - 1 : found.index;
    const isPartOfAnother = /[.eE+]/.test(text[start - 1] ?? '') || /[.eE]/.test(text[marks.lastIndex] ?? '');
    const literal = text.slice(start, marks.lastIndex);
    if (isPartOfAnother || Number.isSafeInteger(Number(literal))) continue;
    exact += `${text.slice(done, start)}"${literal}"`;
    done = marks.lastIndex;
  }
  return exact + text.slice(done);
}

/** The place of the quote that closes a text. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
