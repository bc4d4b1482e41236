import { compilePath, plainNumber, readTimedCondition } from '@millrace/sdk';
import { valuesOf } from './figures.ts';
import { languageOf, takesNumbers } from './measure-fields.ts';
import type { Measure, MeasuredRow } from './measure.ts';
import { readWindow } from './read-measure.ts';
import { rowTally } from './row-tally.ts';

/** How the field of a measure is filled in the rows that it means, of those that were looked at. */
interface FieldSurvey {
  rows: number;
  values: number;
  numbers: number;
}

/** What somebody should know who calculates this, as sentences: that no row has the field, or that values are no numbers. `now`: milliseconds since 1970. */
export function fieldWarnings(measure: Measure, rows: Iterable<MeasuredRow>, now: number): string[] {
  const { field, calculate, from } = measure;
  if (field === undefined) return [];
  const survey = surveyOf(measure, field, rows, now);
  const looked = `${survey.rows} ${from === 'orderLines' ? 'order lines' : from} that were looked at`;
  if (survey.rows > 0 && survey.values === 0)
    return [`Of the ${looked}, none has "${field}": there is nothing to calculate.`];
  const others = survey.values - survey.numbers;
  if (others === 0 || !takesNumbers.includes(calculate)) return [];
  return [
    `Of ${survey.values} values of "${field}" in the ${looked}, ${others} are no numbers and count for nothing. "12.50" is one, as text too; "12,50" and ` +
      `"€ 12.50" are none: map numbers, e.g. with | number(',').`,
  ];
}

function surveyOf(
  { from, where, within }: Measure,
  field: string,
  rows: Iterable<MeasuredRow>,
  now: number,
): FieldSurvey {
  const read = compilePath(field);
  const survey = { rows: 0, values: 0, numbers: 0 };
  const figure = {
    add({ row }: MeasuredRow) {
      const values = valuesOf(read(row)).filter((value) => value !== undefined && value !== null);
      survey.rows++;
      survey.values += values.length;
      survey.numbers += values.filter((value) => plainNumber(value) !== undefined).length;
    },
    value: () => null,
  };
  const passes = where === undefined ? undefined : readTimedCondition(where, languageOf(from));
  const window = within === undefined ? undefined : readWindow(within, 'within').milliseconds;
  const tally = rowTally(figure, { where: passes, within: window, now });
  for (const row of rows) tally.add(row);
  return survey;
}
