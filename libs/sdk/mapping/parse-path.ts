import { isForbiddenName } from './names.ts';
import { parseString } from './literal.ts';
import { isSpace, type Scanner } from './scanner.ts';

export type PathStep = { kind: 'name'; name: string } | { kind: 'index'; index: number } | { kind: 'all' };

const structural = '.[]|()"\',{}';

/** Reads `a.b`, `a[0]`, `lines[*].price`, `["odd name"]` or `$` (no steps: the whole row). */
export function parsePath(scanner: Scanner): PathStep[] {
  const steps: PathStep[] = [];
  if (scanner.next === '[') steps.push(parseBracket(scanner));
  else if (!takeRoot(scanner)) steps.push(parseDotted(scanner));
  for (;;) {
    if (scanner.next === '[') steps.push(parseBracket(scanner));
    else if (scanner.take('.')) steps.push(parseDotted(scanner));
    else return steps;
  }
}

/** Steps over a `$` that stands alone; `$source` is a name. */
function takeRoot(scanner: Scanner): boolean {
  return scanner.next === '$' && !isNameCharacter(scanner.text.charAt(scanner.position + 1)) && scanner.take('$');
}

function isNameCharacter(character: string): boolean {
  return character !== '' && !structural.includes(character) && !isSpace(character);
}

function parseDotted(scanner: Scanner): PathStep {
  const start = scanner.position;
  const name = scanner.takeWhile(isNameCharacter);
  if (name === '') scanner.fail(`expected the name of a field, found ${scanner.found()}.`);
  return nameStep(scanner, name, start);
}

function nameStep(scanner: Scanner, name: string, position: number): PathStep {
  if (isForbiddenName(name)) scanner.fail(`the name "${name}" is not allowed.`, position);
  return { kind: 'name', name };
}

function parseBracket(scanner: Scanner): PathStep {
  const start = scanner.position;
  scanner.expect('[', 'here');
  const step = parseBracketed(scanner, start);
  scanner.expect(']', 'to close the bracket');
  return step;
}

function parseBracketed(scanner: Scanner, start: number): PathStep {
  if (scanner.take('*')) return { kind: 'all' };
  if (scanner.next === '"' || scanner.next === "'") return nameStep(scanner, parseString(scanner), start);
  const minus = scanner.take('-') ? '-' : '';
  const digits = scanner.takeWhile((character) => character >= '0' && character <= '9');
  if (digits === '' || digits.length > 9) {
    scanner.fail(`expected a position, "*" or a name in quotes in the bracket, found ${scanner.found()}.`);
  }
  return { kind: 'index', index: Number(minus + digits) };
}
