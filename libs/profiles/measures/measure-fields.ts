import { invalidCondition, type ConditionLanguage } from '@millrace/sdk';
import type { Calculation, RowSource } from './measure.ts';

/** What rows have by name; order lines have whatever their source says of them, and their order under `order`. */
const fields: Record<RowSource, readonly string[] | undefined> = {
  orders: ['id', 'connection', 'at', 'total', 'currency', 'status', 'lines', 'properties'],
  orderLines: undefined,
  events: ['id', 'name', 'at', 'properties'],
};

/** Conditions over rows of a source. */
export function languageOf(source: RowSource): ConditionLanguage {
  return { checkField: (field, place) => checkMeasureField(source, field, place) };
}

/** Throws `invalid_condition` for a field that no such row can have. */
export function checkMeasureField(source: RowSource, field: string, place: string): void {
  const known = fields[source];
  const head = headOf(field);
  if (!known || known.includes(head)) return;
  const further = known.includes('properties') ? ` Further fields are under properties, e.g. properties.${head}.` : '';
  throw invalidCondition(place, `${source} have no field "${head}"; they have ${known.join(', ')}.${further}`);
}

export const takesNumbers: readonly Calculation[] = ['sum', 'average', 'min', 'max'];
const texts = ['id', 'connection', 'currency', 'status', 'name'];

/** Throws `invalid_condition` where numbers are needed and the field never has one. */
export function checkCalculable(source: RowSource, calculate: Calculation, field: string, place: string): void {
  if (!takesNumbers.includes(calculate)) return;
  const trimmed = field.trim();
  const name = source !== 'orderLines' ? trimmed : /^order\.(\w+)$/.exec(trimmed)?.[1];
  if (name === 'at') {
    const instead = `"first" of ${trimmed} is the earliest, "last" of ${trimmed} the latest`;
    throw invalidCondition(
      place,
      `${calculate} is of numbers, and "${trimmed}" is a time. Write what you mean: ${instead}`,
    );
  }
  if (name === undefined || !texts.includes(name)) return;
  throw invalidCondition(
    place,
    `${calculate} is of numbers, and "${trimmed}" is a text. Name a field with numbers, or calculate first, last or mostFrequent`,
  );
}

/** The first name of a path. */
export function headOf(field: string): string {
  return /^[^.[\s]*/.exec(field.trim())?.[0].slice(0, 60) ?? '';
}
