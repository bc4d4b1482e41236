import { Schema } from 'mongoose';

/** What operators decided about a connector; none: it is enabled. */
export interface ConnectorSettings {
  /** The connector's id. */
  _id: string;
  enabled: boolean;
  reason?: string;
  /** Name of the key. */
  changedBy?: string;
  changedAt: Date;
}

export const connectorSettingsName = 'ConnectorSettings';

export const connectorSettingsSchema = new Schema<ConnectorSettings>(
  {
    _id: String,
    enabled: { type: Boolean, required: true },
    reason: String,
    changedBy: String,
    changedAt: { type: Date, required: true },
  },
  { collection: 'connector_settings', versionKey: false },
);
