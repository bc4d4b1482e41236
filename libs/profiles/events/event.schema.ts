import { Schema } from 'mongoose';
import type { Traits } from '../folding/index.ts';

export const eventModel = 'Event';

/** Something that a person did. Events do not change: the same event again is the same document. */
export interface StoredEvent {
  /** Hash of connection and the event's id, or its content where it has none. */
  _id: string;
  /** Profile id, as it was when the event came. */
  p: string;
  name: string;
  at: Date;
  properties: Traits;
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
    k: { type: String, required: true },
    b: String,
  },
  { collection: 'events', versionKey: false, minimize: false },
);

eventSchema.index({ p: 1, at: -1, _id: -1 }); // a person's events, newest first
