import type { Json } from '../json.ts';
import { isForbiddenName } from './names.ts';
import type { Scanner } from './scanner.ts';

const maxDepth = 10;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** Reads a JSON value; strings may stand in single quotes too. */
export function parseLiteral(scanner: Scanner, depth = 0): Json {
  if (depth > maxDepth) scanner.fail(`the argument is nested more than ${maxDepth} levels deep.`);
  const { next } = scanner;
  if (next === '"' || next === "'") return parseString(scanner);
  if (next === '[') return parseList(scanner, depth);
  if (next === '{') return parseObject(scanner, depth);
  if (scanner.take('true')) return true;
  if (scanner.take('false')) return false;
  if (scanner.take('null')) return null;
  return parseNumber(scanner);
}

export function parseString(scanner: Scanner): string {
  const start = scanner.position;
  const quote = scanner.next;
  let text = '';
  scanner.position++;
  while (!scanner.take(quote)) {
    if (scanner.take('\\')) text += parseEscape(scanner);
    else if (scanner.done) scanner.fail(`the text that starts here has no closing ${quote}.`, start);
    else text += scanner.text[scanner.position++];
  }
  return text;
}

/** The character that the escape after a backslash stands for. */
function parseEscape(scanner: Scanner): string {
  const letter = scanner.next;
  scanner.position++;
  if (letter !== 'u') return escapes.get(letter) ?? letter;
  const hex = scanner.text.slice(scanner.position, scanner.position + 4);
  if (!/^[0-9a-fA-F]{4}$/.test(hex)) scanner.fail('"\\u" needs four hexadecimal digits.');
  scanner.position += 4;
  return String.fromCharCode(parseInt(hex, 16));
}

function parseNumber(scanner: Scanner): number {
  numberPattern.lastIndex = scanner.position;
  const match = numberPattern.exec(scanner.text);
  if (!match) {
    scanner.fail(
      `expected text in quotes, a number, true, false, null, a list or an object, found ${scanner.found()}.`,
    );
  }
  scanner.position += match[0].length;
  return Number(match[0]);
}

function parseList(scanner: Scanner, depth: number): Json[] {
  scanner.position++;
  return parseItems(scanner, ']', 'in the list', () => parseLiteral(scanner, depth + 1));
}

function parseObject(scanner: Scanner, depth: number): { [key: string]: Json } {
  scanner.position++;
  const entries = parseItems(scanner, '}', 'in the object', (): [string, Json] => {
    const start = scanner.position;
    if (scanner.next !== '"' && scanner.next !== "'") {
      scanner.fail(`expected a name in quotes in the object, found ${scanner.found()}.`);
    }
    const name = parseString(scanner);
    if (isForbiddenName(name)) scanner.fail(`the name "${name}" is not allowed.`, start);
    scanner.skipSpace();
    scanner.expect(':', 'after the name in the object');
    scanner.skipSpace();
    return [name, parseLiteral(scanner, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** Reads items separated by commas up to the closing character, which is stepped over. */
export function parseItems<T>(scanner: Scanner, closing: string, where: string, parseItem: () => T): T[] {
  const items: T[] = [];
  scanner.skipSpace();
  if (scanner.take(closing)) return items;
  for (;;) {
    scanner.skipSpace();
    items.push(parseItem());
    scanner.skipSpace();
    if (scanner.take(closing)) return items;
    if (!scanner.take(',')) scanner.fail(`expected "," or "${closing}" ${where}, found ${scanner.found()}.`);
  }
}
