import { Schema } from 'mongoose';
import type { TemplateParts } from '../compose/index.ts';

/** The parts of a template, in drafts and in versions. */
export const partsSchema = new Schema<TemplateParts>(
  {
    subject: { type: String },
    preheader: String,
    source: { type: String },
    format: String,
    text: String,
    fromName: String,
    replyTo: String,
  },
  { _id: false },
);
