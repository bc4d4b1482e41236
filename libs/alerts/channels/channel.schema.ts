import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { JsonObject } from '#connections';
import type { ChannelType } from './types/index.ts';

/** How the last attempt to send something went. */
export interface LastDelivery {
  ok: boolean;
  at: Date;
  code?: ErrorCode;
  message?: string;
}

/** Where messages about alerts go. */
export interface Channel {
  _id: string;
  slug: string;
  name: string;
  type: ChannelType;
  /** Without secrets. */
  config: JsonObject;
  /** The secrets by path, as JSON sealed by the vault for `alert channel:<id>`. */
  sealed?: string;
  /** Which secrets there are. */
  secretsSet: string[];
  /** Raised by every change. */
  revision: number;
  lastDelivery?: LastDelivery;
  createdAt: Date;
  updatedAt: Date;
}

export const channelModel = 'AlertChannel';

export const channelSchema = new Schema<Channel>(
  {
    _id: String,
    slug: { type: String, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    config: Schema.Types.Mixed,
    sealed: String,
    secretsSet: { type: [String], default: [] },
    revision: { type: Number, required: true },
    lastDelivery: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'alert_channels', versionKey: false, minimize: false },
);

channelSchema.index({ slug: 1 }, { unique: true });
