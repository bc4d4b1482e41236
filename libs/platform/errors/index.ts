export { duplicateKey, errorCodeOf } from './error-code.ts';
export { FailureLog } from './failure-log.ts';
export { hasLostPrimary, isUnreachable, noPrimary } from './mongo-unreachable.ts';
export { ProblemFilter } from './problem-filter.ts';
export type { Problem } from './problem.ts';
export { retryAfterOf } from './retry-after-of.ts';
export { toProblem } from './to-problem.ts';
export { validationError } from './validation-error.ts';
