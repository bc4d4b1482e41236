import { Schema } from 'mongoose';

export const auditRuleModel = 'AuditRule';

export const auditRuleSchema = new Schema(
  {
    _id: String,
    own: Schema.Types.Mixed,
    limits: Schema.Types.Mixed,
    revision: Number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'audit_rules', versionKey: false, minimize: false },
);
