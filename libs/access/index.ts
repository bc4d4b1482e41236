/** Who may do what: API keys with roles, and the log of what was changed. */
export { Public } from '#platform';
export { AuditLog } from './audit/audit-log.ts';
export { ReadsOnly } from './audit/reads-only.ts';
export { AccessModule } from './access.module.ts';
export { CurrentKey, holderOf, type KeyHolder } from './keys/current-key.ts';
export { KeysService, type KeyView, type NewKey } from './keys/keys.service.ts';
export { auditResourcesOfDeeds } from './audit/audit-resources.migration.ts';
export { accessMigrations } from './migrations.ts';
export { ApiErrors } from './openapi/api-errors.ts';
export { ProblemDto } from './openapi/problem.dto.ts';
export {
  AccessReviewer,
  keyConcerns,
  type KeyConcern,
  type ReviewedKey,
  type ReviewedRole,
} from './review/access-reviewer.ts';
export { RequireRole } from './roles/require-role.ts';
export { includesRole, roles, seesSensitiveTraits, type Role } from './roles/role.ts';
