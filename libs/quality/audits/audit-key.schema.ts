import { Schema } from 'mongoose';

/** What a record has in common with others, as a keyed hash. Sorted by id, equal keys stand together. */
export interface AuditKey {
  /** `<audit>/<rule>/<hash of the key>/<record>` */
  _id: string;
  /** Hash of what may differ within the group. */
  value: string;
  /** JSON of the record's sources. */
  sources: string;
  at: Date;
}

export const auditKeyModel = 'AuditKey';
const keptSeconds = 7 * 24 * 60 * 60;

export const auditKeySchema = new Schema(
  { _id: String, value: String, sources: String, at: { type: Date, required: true } },
  { collection: 'audit_keys', versionKey: false },
);

auditKeySchema.index({ at: 1 }, { expireAfterSeconds: keptSeconds }); // audits that never end leave theirs behind
