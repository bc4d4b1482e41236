export { compileCondition, type ConditionOptions } from './compile-condition.ts';
export type { Condition, Operator } from './condition.ts';
export { describeCondition } from './describe-condition.ts';
export { parseDuration, type Duration } from './duration.ts';
