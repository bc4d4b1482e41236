export { OldDocuments } from './old-documents.ts';
export { RetentionPolicies } from './retention-policies.ts';
export {
  retentionPolicyModel,
  retentionPolicySchema,
  retentionSweepModel,
  retentionSweepSchema,
  type RetentionPolicy,
  type RetentionSweep,
} from './retention-policy.schema.ts';
export { RetentionSweeper } from './retention-sweeper.ts';
export { RetentionController } from './retention.controller.ts';
