import type { Json } from '../json.ts';
import { checkArguments } from './arguments.ts';
import { maxRuleLength, readerOf, type Reader } from './compile-path.ts';
import { RuleFault } from './faults.ts';
import { parseItems, parseLiteral } from './literal.ts';
import { nearestName } from './names.ts';
import { parsePath } from './parse-path.ts';
import { isSpace, Scanner } from './scanner.ts';
import { transforms } from './transforms/table.ts';

const maxPipes = 32;

/** Compiles `path | transform(args) | …`. Throws a RuleFault with the position. */
export function compileRule(rule: string): Reader {
  if (rule.length > maxRuleLength) throw new RuleFault(`the rule is longer than ${maxRuleLength} characters.`);
  const scanner = new Scanner(rule);
  scanner.skipSpace();
  if (scanner.done) scanner.fail('the rule is empty; write a path such as "email", or { value } for a constant.');
  const read = readerOf(parsePath(scanner));
  scanner.skipSpace();
  const steps: Reader[] = [];
  while (!scanner.done) {
    if (!scanner.take('|')) scanner.fail(pipeExpected(scanner, steps.length === 0));
    if (steps.length === maxPipes) scanner.fail(`a rule has at most ${maxPipes} transforms.`);
    scanner.skipSpace();
    steps.push(parseTransform(scanner));
    scanner.skipSpace();
  }
  return chain(read, steps);
}

function pipeExpected(scanner: Scanner, afterPath: boolean): string {
  const hint = afterPath ? ' Names with spaces or signs stand in brackets: ["First name"].' : '';
  return `expected "|" or the end of the rule, found ${scanner.found()}.${hint}`;
}

function parseTransform(scanner: Scanner): Reader {
  const start = scanner.position;
  const name = scanner.takeWhile((character) => !'|(),'.includes(character) && !isSpace(character));
  if (name === '') scanner.fail(`expected the name of a transform, found ${scanner.found()}.`);
  const transform = transforms.get(name);
  if (!transform) return scanner.fail(unknownTransform(name), start);
  const args = parseArguments(scanner);
  try {
    checkArguments(transform, args);
    return transform.compile(args);
  } catch (thrown) {
    if (thrown instanceof RuleFault && thrown.position === undefined) scanner.fail(thrown.message, start);
    throw thrown;
  }
}

function parseArguments(scanner: Scanner): Json[] {
  scanner.skipSpace();
  if (!scanner.take('(')) return [];
  return parseItems(scanner, ')', 'between the arguments', () => parseLiteral(scanner));
}

function unknownTransform(name: string): string {
  const nearest = nearestName(name, transforms.keys());
  const hint = nearest ? `Did you mean "${nearest}"?` : `Known are ${[...transforms.keys()].join(', ')}.`;
  return `there is no transform "${name.slice(0, 40)}". ${hint}`;
}

function chain(read: Reader, steps: Reader[]): Reader {
  return steps.reduce<Reader>((before, step) => (value) => step(before(value)), read);
}
