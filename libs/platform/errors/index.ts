export { duplicateKey, errorCodeOf } from './error-code.ts';
export { ProblemFilter } from './problem-filter.ts';
export type { Problem } from './problem.ts';
export { toProblem } from './to-problem.ts';
export { validationError } from './validation-error.ts';
