import { invalidCondition } from './parse-condition.ts';

/** Operators that compare with what stands there: none of them reads `{ ago }`. */
const comparesAsIs = ['equals', 'notEquals', 'in', 'notIn', 'contains'];

/**
 * Refuses tests that mean something else than they say: `{ ago }` where it is no time but an object that nothing equals, and `contains` of an empty
 * text, which is in every text. For conditions that are about to be saved; those that were before are read as ever. Takes a condition that was read,
 * or whatever holds some. Throws `invalid_condition`; `place` leads to it where it is part of something.
 */
export function refuseVainTests(given: unknown, place = ''): void {
  if (typeof given !== 'object' || given === null) return;
  if (Array.isArray(given)) return given.forEach((one, index) => refuseVainTests(one, `${place}[${index}].`));
  const { is, value } = given as Record<string, unknown>;
  if (typeof is === 'string') checkTest(is, value, `${place}value`);
  for (const [name, part] of Object.entries(given)) {
    if (name !== 'value') refuseVainTests(part, `${place}${Array.isArray(part) ? name : `${name}.`}`);
  }
}

function checkTest(is: string, value: unknown, place: string): void {
  if (is === 'contains' && value === '')
    throw invalidCondition(place, 'every text contains an empty one. To ask whether there is any, use "exists"');
  if (!comparesAsIs.includes(is) || ![value].flat().some(isAgo)) return;
  throw invalidCondition(
    place,
    `"${is}" does not compare with { ago }. Use "atLeast" for the time since then, or "lessThan" for the time before`,
  );
}

function isAgo(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'ago';
}
