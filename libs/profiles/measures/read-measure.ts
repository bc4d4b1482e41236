import {
  compilePath,
  invalidCondition,
  messageOf,
  parseDuration,
  readTimedCondition,
  type Duration,
  type TimedCondition,
} from '@millrace/sdk';
import { canonicalJson } from '#platform';
import { shortHash } from '../folding/index.ts';
import { figures } from './figures.ts';
import { checkCalculable, checkMeasureField, languageOf } from './measure-fields.ts';
import {
  calculations,
  rowSources,
  type Calculation,
  type CompiledMeasure,
  type Measure,
  type RowSource,
} from './measure.ts';
import { rowTally } from './row-tally.ts';

const members = ['from', 'calculate', 'field', 'where', 'within'];
const longestWindow = 3_653 * 86_400_000;

/** Checks and compiles a measure from outside; without `calculate` it counts. Throws `invalid_condition` that names the place. */
export function readMeasure(given: unknown, place = ''): CompiledMeasure & { measure: Measure } {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidCondition(place, 'a measure is { from, calculate, field, where, within }');
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined)
    throw invalidCondition(place, `a measure has no "${unknown.slice(0, 40)}"; it has ${members.join(', ')}`);
  const { from, calculate = 'count', field, where, within } = given as Record<string, unknown>;
  if (!isOneOf(rowSources, from)) throw invalidCondition(`${place}from`, `it must be one of ${rowSources.join(', ')}`);
  if (!isOneOf(calculations, calculate))
    throw invalidCondition(`${place}calculate`, `it must be one of ${calculations.join(', ')}`);
  const read = readField(from, calculate, field, `${place}field`);
  const passes = where === undefined ? undefined : readTimedCondition(where, languageOf(from), `${place}where.`);
  const window = within === undefined ? undefined : readWindow(within, `${place}within`);
  const measure = {
    from,
    calculate,
    ...(calculate !== 'count' && { field }),
    ...(where !== undefined && { where }),
    ...(within !== undefined && { within }),
  } as Measure;
  return {
    measure,
    key: shortHash(canonicalJson(measure)),
    source: from,
    words: wordsOf(measure, passes, window),
    ...(window && { within: window.milliseconds }),
    empty: figures[calculate](read).value(),
    tally: (now) => rowTally(figures[calculate](read), { where: passes, within: window?.milliseconds, now }),
  };
}

function readField(
  from: RowSource,
  calculate: Calculation,
  field: unknown,
  place: string,
): ReturnType<typeof compilePath> {
  if (calculate === 'count') {
    if (field === undefined) return () => undefined;
    throw invalidCondition(place, 'count takes no field: it counts rows. Use `where` to count some of them');
  }
  if (typeof field !== 'string') throw invalidCondition(place, `${calculate} needs a field, such as "total"`);
  checkMeasureField(from, field, place);
  checkCalculable(from, calculate, field, place);
  try {
    return compilePath(field);
  } catch (thrown) {
    throw invalidCondition(place, messageOf(thrown), thrown);
  }
}

export function readWindow(within: unknown, place: string): Duration {
  const window = parseDuration(within);
  if (window && window.milliseconds > 0 && window.milliseconds <= longestWindow) return window;
  throw invalidCondition(place, 'it must be a time of at most ten years, such as "90d" (units: s, min, h, d, w)');
}

const sourceWords: Record<RowSource, string> = { orders: 'orders', orderLines: 'order lines', events: 'events' };
const calculationWords: Record<Calculation, string> = {
  count: 'number',
  sum: 'sum',
  average: 'average',
  min: 'least',
  max: 'greatest',
  first: 'first',
  last: 'last',
  mostFrequent: 'most frequent',
};
const joinsByOf: readonly Calculation[] = ['count', 'sum', 'average'];

/** `the sum of total of orders where status is "paid" in the last 90 days` */
function wordsOf({ from, calculate, field }: Measure, where?: TimedCondition, window?: Duration): string {
  const what = field === undefined ? '' : joinsByOf.includes(calculate) ? ` of ${field}` : ` ${field}`;
  const condition = where ? ` where (${where.sentence})` : '';
  return `the ${calculationWords[calculate]}${what} of ${sourceWords[from]}${condition}${window ? ` in the last ${window.words}` : ''}`;
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}
