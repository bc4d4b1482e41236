import { Schema } from 'mongoose';
import type { ResumableWork } from '#platform';
import type { Sight } from '#profiles';
import type { MailTemplate } from '../compose/index.ts';
import type { PreflightLimits } from '../preflight-limits/index.ts';

export type PreflightState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** A template composed for a whole audience, without sending. It holds counts; who they are about is in its examples. */
export interface StoredPreflight extends ResumableWork {
  /** `pfl_…` */
  _id: string;
  state: PreflightState;
  /** Id of the template; null: it was not saved. */
  template: string | null;
  name: string;
  version: number | null;
  revision: number | null;
  channel: string;
  purpose: string;
  /** The template as it was, with its blocks. */
  mail: MailTemplate;
  /** SHA-256 of that and what surrounds it (preflight-keys.ts). */
  hash: string;
  /** Slug of an audience; null: everybody. */
  audience: string | null;
  /** SHA-256 of what the audience asked for; absent: everybody. */
  audienceHash?: string;
  /** The revision of definitions that made it so: with another one, others may have come and gone while people were looked at. */
  audienceRevision?: number;
  /** The clock of the mails: when it was made, unless another moment was asked for. */
  asOf: Date;
  limits: PreflightLimits;
  /** Id of the key that asked. */
  by: string;
  /** How the mails showed sensitive traits: what that key may see. Null: they read none; absent, of old ones: unmasked. */
  sight?: Sight | null;
  /** Id of the last person who was looked at. */
  position?: string;
  /** People, of all about. */
  looked: number;
  total: number;
  /** Milliseconds of work. */
  workedMs: number;
  /** JSON of a Tally. */
  tally?: string;
  /** Of examples by kind, the score that another one has to beat once there are enough. */
  floors?: Record<string, number>;
  /** Times in a row that a step failed for a reason that may pass. */
  failures: number;
  error?: { code: string; message: string };
  createdAt: Date;
  /** When it had its last turn: whoever waited longest is next. */
  turnAt: Date;
  expiresAt: Date;
}

export const preflightModel = 'Preflight';

export const preflightSchema = new Schema<StoredPreflight>(
  {
    _id: String,
    state: { type: String, required: true },
    template: { type: String, default: null },
    name: { type: String, required: true },
    version: { type: Number, default: null },
    revision: { type: Number, default: null },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    mail: { type: Schema.Types.Mixed, required: true },
    hash: { type: String, required: true },
    audience: { type: String, default: null },
    audienceHash: String,
    audienceRevision: Number,
    asOf: { type: Date, required: true },
    limits: { type: Schema.Types.Mixed, required: true },
    by: { type: String, required: true },
    sight: String,
    position: String,
    looked: { type: Number, required: true },
    total: { type: Number, required: true },
    workedMs: { type: Number, required: true },
    tally: String,
    floors: Schema.Types.Mixed,
    failures: { type: Number, required: true },
    error: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
    turnAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    holder: String,
    until: Date,
    endedAt: Date,
  },
  { collection: 'preflights', versionKey: false, minimize: false },
);

preflightSchema.index({ template: 1, _id: -1 });
preflightSchema.index({ hash: 1, audience: 1, _id: -1 });
preflightSchema.index({ state: 1, turnAt: 1 });
preflightSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
