import { Schema } from 'mongoose';
import type { Sight } from '#profiles';
import type { MailTemplate } from '../compose/index.ts';

/** What is asked of many people's mails: which variants there are, or what differs between two versions. */
export type StudyKind = 'variants' | 'differences';

export type StudyState = 'running' | 'done' | 'failed';

/** Whose mails are looked at, and when. */
export interface StudiedPeople {
  /** Slug of an audience; absent: everybody. */
  audience?: string;
  /** People at most. */
  limit: number;
  /** The clock of the mails. */
  asOf: Date;
  /** Whether the mails show sensitive traits: what the key that asked may see. */
  sight: Sight;
}

/** Many people's mails, looked at in the background. It holds ids of people and no data of theirs, and is forgotten after a day. */
export interface StoredStudy {
  _id: string;
  kind: StudyKind;
  state: StudyState;
  people: StudiedPeople;
  /** The templates that are looked at, as they were. */
  templates: MailTemplate[];
  /** People so far. */
  looked: number;
  result?: unknown;
  /** Why it failed. */
  error?: { code: string; message: string };
  /** Renewed while it runs: what is not was left by a process that ended. */
  aliveAt: Date;
  createdAt: Date;
  expiresAt: Date;
}

export const studyModel = 'Study';

export const studySchema = new Schema<StoredStudy>(
  {
    _id: String,
    kind: { type: String, required: true },
    state: { type: String, required: true },
    people: { type: Schema.Types.Mixed, required: true },
    templates: { type: Schema.Types.Mixed, required: true },
    looked: { type: Number, required: true },
    result: Schema.Types.Mixed,
    error: Schema.Types.Mixed,
    aliveAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'studies', versionKey: false, minimize: false },
);

studySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
