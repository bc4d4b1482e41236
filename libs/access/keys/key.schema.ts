import { Schema } from 'mongoose';
import { roles, type Role } from '../roles/role.ts';

/** An API key as it is stored: the secret only as a hash. Revoked keys stay, so that the audit log can name them. */
export interface StoredKey {
  _id: string;
  name: string;
  role: Role;
  /** SHA-256 of the secret, hex. */
  hash: string;
  createdAt: Date;
  createdBy?: string;
  /** Right to the minute. */
  lastUsedAt?: Date;
  revokedAt?: Date;
  /** From then on it is refused. */
  expiresAt?: Date;
}

export const keyModel = 'Key';

export const keySchema = new Schema<StoredKey>(
  {
    _id: String,
    name: { type: String, required: true },
    role: { type: String, required: true, enum: roles },
    hash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    createdBy: String,
    lastUsedAt: Date,
    revokedAt: Date,
    expiresAt: Date,
  },
  { collection: 'keys', versionKey: false },
);
