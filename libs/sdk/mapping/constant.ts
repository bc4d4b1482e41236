import { RuleFault } from './faults.ts';
import { isForbiddenName } from './names.ts';

const maxDepth = 10;

/** Throws a RuleFault unless the value is plain JSON data. */
export function checkConstant(value: unknown, depth = 0): void {
  if (depth > maxDepth) throw new RuleFault(`the constant is nested more than ${maxDepth} levels deep.`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (const element of value) checkConstant(element, depth + 1);
    return;
  }
  if (typeof value !== 'object')
    throw new RuleFault('{ value } takes JSON: text, numbers, booleans, null, lists, objects.');
  for (const [name, element] of Object.entries(value)) {
    if (isForbiddenName(name)) throw new RuleFault(`the name "${name}" is not allowed.`);
    checkConstant(element, depth + 1);
  }
}
