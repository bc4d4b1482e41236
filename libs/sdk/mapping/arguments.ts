import type { Json } from '../json.ts';
import { RuleFault } from './faults.ts';
import type { Parameter, Transform } from './transforms/transform.ts';

const checks: Record<Parameter['type'], { words: string; test: (value: Json) => boolean }> = {
  text: { words: 'text in quotes', test: (value) => typeof value === 'string' },
  number: { words: 'a number', test: (value) => typeof value === 'number' },
  position: { words: 'a whole number', test: (value) => Number.isSafeInteger(value) },
  table: {
    words: 'an object such as {"de": "Germany"} or text such as \'de=Germany\'',
    test: (value) =>
      typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value)),
  },
  any: { words: 'a value', test: () => true },
};

/** Throws a RuleFault unless the arguments are what the transform takes. */
export function checkArguments(transform: Transform, args: Json[]): void {
  const { name, parameters } = transform;
  const needed = parameters.filter((parameter) => !parameter.optional).length;
  if (args.length < needed || args.length > parameters.length) {
    const given = args.length === 0 ? 'none is' : `${args.length} ${args.length === 1 ? 'is' : 'are'}`;
    throw new RuleFault(`${signature(transform)} takes ${amount(needed, parameters.length)}, ${given} given.`);
  }
  for (const [index, parameter] of parameters.entries()) {
    const value = args[index];
    if (value === undefined) continue;
    const { words, test } = checks[parameter.type];
    if (!test(value)) throw new RuleFault(`${name}(): "${parameter.name}" has to be ${words}.`);
  }
}

/** `date(format?, timeZone?)` */
export function signature({ name, parameters }: Transform): string {
  const names = parameters.map((parameter) => parameter.name + (parameter.optional ? '?' : ''));
  return `${name}(${names.join(', ')})`;
}

function amount(least: number, most: number): string {
  if (most === 0) return 'no argument';
  const count = least === most ? String(most) : `${least} to ${most}`;
  return `${count} argument${most === 1 ? '' : 's'}`;
}
