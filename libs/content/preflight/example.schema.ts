import { Schema } from 'mongoose';

export const exampleKinds = ['error', 'blank', 'fallback', 'warning', 'oversize', 'not_sent'] as const;
export type ExampleKind = (typeof exampleKinds)[number];

/** Somebody whose mail shows what a preflight counted. Found by erasures: it names a person. */
export interface StoredExample {
  /** `<preflight>:<kind>:<profile>`: a step that is repeated adds nobody twice. */
  _id: string;
  preflight: string;
  kind: ExampleKind;
  profile: string;
  /** The greater, the worse: bytes, or how many blanks. */
  score: number;
  /** Outcomes of the prepared template: `<part> <line>:<column> missing`. */
  outcomes?: string[];
  /** Of an error, of warnings, or why it would not be sent. */
  codes?: string[];
  /** Of an error, without the values that it names. */
  message?: string;
  bytes?: number;
  expiresAt: Date;
}

export const exampleModel = 'PreflightExample';

export const exampleSchema = new Schema<StoredExample>(
  {
    _id: String,
    preflight: { type: String, required: true },
    kind: { type: String, required: true },
    profile: { type: String, required: true },
    score: { type: Number, required: true },
    outcomes: { type: [String], default: undefined },
    codes: { type: [String], default: undefined },
    message: String,
    bytes: Number,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'preflight_examples', versionKey: false },
);

exampleSchema.index({ preflight: 1, kind: 1, score: -1, _id: 1 });
exampleSchema.index({ profile: 1 });
exampleSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
