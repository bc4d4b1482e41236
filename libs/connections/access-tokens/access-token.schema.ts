import { Schema } from 'mongoose';

/** The tokens that a connection's credentials were exchanged for. The configuration stays as an operator entered it, so what he repeats changes nothing. */
export interface StoredAccessToken {
  /** The connection, and a keyed hash of what tokens are asked for with: other credentials have other tokens. */
  _id: string;
  connection: string;
  /** Of `KeptTokens`, as JSON sealed by the vault. */
  sealed?: string;
  /** When a new one is asked for; absent: when this one is refused. */
  renewAt?: Date;
  /** Raised by every exchange: what was computed from an older one is not written. */
  version: number;
  /** Who is asking for a new one now, and until when it is waited for. */
  claim?: { by: string; until: Date };
}

export interface KeptTokens {
  accessToken: string;
  /** What the other side gave in place of the configured one. */
  refreshToken?: string;
}

export const accessTokenModel = 'AccessToken';

export const accessTokenSchema = new Schema<StoredAccessToken>(
  {
    _id: String,
    connection: { type: String, required: true },
    sealed: String,
    renewAt: Date,
    version: { type: Number, required: true },
    claim: Schema.Types.Mixed,
  },
  { collection: 'access_tokens', versionKey: false },
);

accessTokenSchema.index({ connection: 1 });
