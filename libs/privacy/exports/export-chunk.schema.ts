import { Schema } from 'mongoose';

export const exportChunkModel = 'PrivacyExport';

/** A part of what is kept about a person, ready to be downloaded for some days. */
export interface ExportChunk {
  /** `<request>/<place>` */
  _id: string;
  request: string;
  place: number;
  section: string;
  /** A JSON array: it comes back exactly. */
  items: string;
  /** HMACs of the person's identities, so that erasure finds it. */
  identities: string[];
  expiresAt: Date;
}

export const exportChunkSchema = new Schema<ExportChunk>(
  {
    _id: String,
    request: { type: String, required: true },
    place: { type: Number, required: true },
    section: { type: String, required: true },
    items: { type: String, required: true },
    identities: [String],
    expiresAt: { type: Date, required: true },
  },
  { collection: 'privacy_exports', versionKey: false },
);

exportChunkSchema.index({ request: 1, place: 1 });
exportChunkSchema.index({ identities: 1 });
exportChunkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
