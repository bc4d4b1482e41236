import { Schema } from 'mongoose';

export const trackingSettingsModel = 'TrackingSettings';

/** What holds for tracked mails. There is one. */
export interface StoredTrackingSettings {
  _id: 'tracking';
  /** `shop.example.com`, or `*.example.com` for everything below it. */
  hosts: string[];
  /** How long pixels and links are good. */
  days: number;
  /** Whether IP address and user agent are kept. */
  keepVisitors: boolean;
  /** Raised by every change; absent: not changed since changes were counted. */
  revision?: number;
  updatedAt: Date;
}

export const trackingSettingsSchema = new Schema<StoredTrackingSettings>(
  {
    _id: String,
    hosts: [String],
    days: { type: Number, required: true },
    keepVisitors: { type: Boolean, required: true },
    revision: Number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'tracking_settings', versionKey: false },
);
