import type { Row } from '../json.ts';
import { invalidMapping, RuleFault } from './faults.ts';
import { parseString } from './literal.ts';
import { isForbiddenName } from './names.ts';
import { Scanner } from './scanner.ts';

const maxSegments = 10;

/** The names in a target: `traits.firstName`, `Order date`, `properties["odd.name"]`. Throws a RuleFault. */
export function parseTarget(target: string): string[] {
  if (target.length > 500) throw new RuleFault('the target is longer than 500 characters.');
  const scanner = new Scanner(target);
  const names = [scanner.next === '[' ? parseQuoted(scanner) : parsePlain(scanner)];
  while (!scanner.done) {
    names.push(
      scanner.next === '[' ? parseQuoted(scanner) : (scanner.expect('.', 'between names'), parsePlain(scanner)),
    );
  }
  const forbidden = names.find(isForbiddenName);
  if (forbidden !== undefined) throw new RuleFault(`the name "${forbidden}" is not allowed in a target.`);
  if (names.length > maxSegments) throw new RuleFault(`a target has at most ${maxSegments} names.`);
  return names;
}

function parsePlain(scanner: Scanner): string {
  const start = scanner.position;
  const name = scanner.takeWhile((character) => !'.[]|'.includes(character));
  if (name === '' || name.trim() !== name) {
    scanner.fail('the target has an empty name or a space at the edge of one; write "traits.firstName".', start);
  }
  return name;
}

function parseQuoted(scanner: Scanner): string {
  scanner.position++;
  if (scanner.next !== '"' && scanner.next !== "'") {
    scanner.fail('a bracket in a target holds a name in quotes: lists are made by { each, map }.');
  }
  const name = parseString(scanner);
  scanner.expect(']', 'to close the bracket');
  return name;
}

/**
 * Writes a value at a target path, making objects on the way; a value there that is no object is replaced.
 * Throws `invalid_mapping` for `__proto__`, `constructor`, `prototype` and malformed paths.
 */
export function setPath(target: Row, path: string, value: unknown): void {
  const names = targetNames(path);
  const last = names.pop() ?? '';
  let node = target;
  for (const name of names) {
    const child = Object.hasOwn(node, name) ? node[name] : undefined;
    if (isRow(child)) node = child;
    else node = node[name] = {} as Row;
  }
  node[last] = value;
}

/** The names in a target: `properties["odd.name"]` is `properties` and `odd.name`. Throws `invalid_mapping`. */
export function targetNames(path: string): string[] {
  try {
    return parseTarget(path);
  } catch (thrown) {
    if (thrown instanceof RuleFault) throw invalidMapping(thrown, { target: path });
    throw thrown;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
