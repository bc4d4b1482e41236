import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { KeyHolder } from '../keys/current-key.ts';

/** Who asked for which change, when, and what came of it. No bodies: they may hold secrets and personal data. */
export interface AuditEntry {
  _id: string;
  at: Date;
  key: KeyHolder;
  /** Of the request; of a job, what it did, such as ERASED. */
  method: string;
  /** The path without its query. */
  path: string;
  /** What was changed, for searching: `connections` of `/api/connections/…`. Absent where migration 2 has not been yet. */
  resource?: string;
  status: number;
  /** Of the error, when it failed. */
  code?: ErrorCode;
  /** Id of the request; empty of a job. */
  request: string;
  address?: string;
}

export const auditModel = 'AuditEntry';
const keptSeconds = 400 * 24 * 60 * 60;

export const auditSchema = new Schema<AuditEntry>(
  {
    _id: String,
    at: { type: Date, required: true },
    key: { type: Schema.Types.Mixed, required: true },
    method: String,
    path: String,
    resource: String,
    status: Number,
    code: String,
    request: String,
    address: String,
  },
  { collection: 'audit_log', versionKey: false },
);

auditSchema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });
auditSchema.index({ 'key.id': 1, _id: 1 });
auditSchema.index({ resource: 1, _id: 1 });
