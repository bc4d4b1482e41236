import { Schema } from 'mongoose';
import type { TemplateParts } from '../compose/index.ts';
import { partsSchema } from './parts.schema.ts';

/** What a template was when it was published; never changed. */
export interface StoredTemplateVersion {
  /** `<template>:<version>` */
  _id: string;
  template: string;
  /** Counts from 1. */
  version: number;
  parts: TemplateParts;
  /** To whom it may go; absent, of old ones: as the draft (published-as.ts). */
  channel?: string;
  purpose?: string;
  /** Slugs of the blocks that the parts use. */
  blocks: string[];
  /** SHA-256 of the parts, the channel and the purpose; of old ones, of the parts. */
  hash: string;
  publishedAt: Date;
  /** Id of the key. */
  publishedBy: string;
}

export const templateVersionModel = 'TemplateVersion';

export const templateVersionSchema = new Schema<StoredTemplateVersion>(
  {
    _id: String,
    template: { type: String, required: true },
    version: { type: Number, required: true },
    parts: { type: partsSchema, required: true },
    channel: String,
    purpose: String,
    blocks: { type: [String], default: [] },
    hash: { type: String, required: true },
    publishedAt: { type: Date, required: true },
    publishedBy: { type: String, required: true },
  },
  { collection: 'template_versions', versionKey: false },
);

templateVersionSchema.index({ template: 1, version: -1 }, { unique: true });
templateVersionSchema.index({ blocks: 1 });
