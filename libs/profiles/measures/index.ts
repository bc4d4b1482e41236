export { consentAnswers, readConsentMeasure } from './read-consent-measure.ts';
export { headOf } from './measure-fields.ts';
export { readMeasure } from './read-measure.ts';
export { fieldWarnings } from './survey-field.ts';
export {
  calculations,
  rowSources,
  type Calculation,
  type CompiledMeasure,
  type ConsentMeasure,
  type Measure,
  type MeasuredRow,
  type RowSource,
  type Source,
  type Tally,
} from './measure.ts';
