export { compileCondition, type ConditionOptions, type RowTest } from './compile-condition.ts';
export type { Condition, Operator } from './condition.ts';
export { describeCondition } from './describe-condition.ts';
export { parseDuration, type Duration } from './duration.ts';
export { invalidCondition, type ConditionLanguage, type Subject } from './parse-condition.ts';
export { refuseVainTests } from './refuse-vain-tests.ts';
export { readTimedCondition, type TimedCondition } from './timed-condition.ts';
