import { Schema } from 'mongoose';
import type { Traits } from '../folding/index.ts';

export const eventModel = 'Event';

/** Something that a person did. Events do not change: the same event again is the same document. */
export interface StoredEvent {
  /** Hash of connection and the event's id, or its content where it has none. */
  _id: string;
  /** Profile id, as it was when the event came; an unmerge may have given it to whom it is about since. */
  p: string;
  name: string;
  at: Date;
  properties: Traits;
  /** The claim by which it came, see writer/claims.ts. */
  w?: string;
  /** `<connection>/<stream>/<record>` */
  k: string;
  /** The run that wrote it. */
  b: string;
}

export const eventSchema = new Schema(
  {
    _id: String,
    p: { type: String, required: true },
    name: { type: String, required: true },
    at: { type: Date, required: true },
    properties: Schema.Types.Mixed,
    w: String,
    k: { type: String, required: true },
    b: String,
  },
  { collection: 'events', versionKey: false, minimize: false },
);

eventSchema.index({ p: 1, at: -1, _id: -1 }); // a person's events, newest first
