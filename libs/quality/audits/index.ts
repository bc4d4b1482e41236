/** Validation of the whole store by rules that are data. */
export { auditKeyModel, auditKeySchema, type AuditKey } from './audit-key.schema.ts';
export { AuditPageController } from './report/audit-page.controller.ts';
export { auditModel, auditSchema, type Audit } from './audit.schema.ts';
export { Auditor } from './auditor.ts';
export { Audits } from './audits.ts';
export { AuditsController } from './audits.controller.ts';
export { consentSamples } from './consent-samples.migration.ts';
export { GroupKeys } from './group-keys.ts';
export {
  auditRuleModel,
  AuditRules,
  AuditRulesController,
  auditRuleSchema,
  type StoredAuditRule,
} from './rules/index.ts';
