import { anyTransforms } from './anything.ts';
import { conversions } from './conversions.ts';
import { listTransforms, needList } from './lists.ts';
import { numberTransforms } from './numbers.ts';
import { readNumber } from './read-number.ts';
import { textTransforms } from './text.ts';
import { textOf } from './text-of.ts';
import { perValue, toWhole, type Transform } from './transform.ts';
import { wholeTransforms } from './whole.ts';

const asItIs = (value: unknown) => value;

/** Every transform by its name. */
export const transforms: ReadonlyMap<string, Transform> = new Map(
  [
    ...textTransforms.map((transform) => perValue(transform, textOf)),
    ...conversions.map((transform) => perValue(transform, asItIs, { takesNull: true })),
    ...numberTransforms.map((transform) => perValue(transform, (value) => readNumber(value))),
    ...listTransforms.map((transform) => toWhole(transform, needList)),
    ...wholeTransforms.map((transform) => toWhole(transform, asItIs)),
    ...anyTransforms,
  ].map((transform) => [transform.name, transform]),
);
