import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';

export type TestSendState = 'sending' | 'sent' | 'failed';

/** Who sent which mail to whom as a test. Without the mail itself: its hash tells which one it was. */
export interface StoredTestSend {
  _id: string;
  to: string;
  /** Whose data was in the mail, so that erasing a person finds it; absent for made-up people. */
  profile?: string;
  template: { id: string; name: string; version: number | null; revision: number | null };
  hash: string;
  masked: boolean;
  /** `sending` for good: the process ended meanwhile, and nobody knows. */
  state: TestSendState;
  /** What the mail server said. */
  answer?: string;
  error?: { code: ErrorCode; message: string };
  by: { id: string; name: string };
  at: Date;
  expiresAt: Date;
}

export const testSendModel = 'TestSend';

export const testSendSchema = new Schema<StoredTestSend>(
  {
    _id: String,
    to: { type: String, required: true },
    profile: String,
    template: { type: Schema.Types.Mixed, required: true },
    hash: { type: String, required: true },
    masked: { type: Boolean, required: true },
    state: { type: String, required: true },
    answer: String,
    error: { type: Schema.Types.Mixed, default: undefined },
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'test_sends', versionKey: false },
);

testSendSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
testSendSchema.index({ profile: 1 });
testSendSchema.index({ to: 1 });
testSendSchema.index({ 'template.id': 1, _id: -1 });
