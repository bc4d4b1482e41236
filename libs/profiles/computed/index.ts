export { MeasureWarnings } from './measure-warnings.ts';
export { ComputedTraitsController } from './computed-traits.controller.ts';
export { ComputedTraits } from './computed-traits.ts';
