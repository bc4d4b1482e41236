/** Which records a rule finds at fault. */
export { compileGrouping, compileRule, type Grouping, type Judge, type JudgeContext } from './compile-rule.ts';
export type { FaultTest, FieldComparison } from './fault-test.ts';
export { formats, type Format } from './formats.ts';
export {
  consentRecord,
  eventRecord,
  orderRecord,
  productRecord,
  profileRecord,
  type AuditedRecord,
  type Source,
} from './records.ts';
