/** What audits look for. */
export {
  auditedKinds,
  faultKinds,
  severities,
  type AuditedKind,
  type AuditRule,
  type FaultKind,
  type Severity,
  type StoredAuditRule,
} from './audit-rule.ts';
export { AuditRules } from './audit-rules.ts';
export { AuditRulesController } from './audit-rules.controller.ts';
export { auditRuleModel, auditRuleSchema } from './audit-rule.schema.ts';
