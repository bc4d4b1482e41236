import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { JsonObject } from '../config/split-secrets.ts';

export interface StoredCheck {
  ok: boolean;
  code?: ErrorCode;
  message?: string;
  at: Date;
}

/** Who let the connection act for him, on the vendor's page. */
export interface StoredSignedIn {
  at: Date;
  /** The key by which the link was asked for. */
  by: string;
}

/** A connector with its configuration. */
export interface StoredConnection {
  _id: string;
  /** The operator's own id. */
  slug?: string;
  name: string;
  connector: string;
  /** The connector's version when the configuration was last checked against it. */
  connectorVersion: string;
  /** Without secrets. */
  config: JsonObject;
  /** The secrets by path, as JSON sealed by the vault for `connection:<id>`. */
  sealed?: string;
  /** Which secrets there are. */
  secretsSet: string[];
  /** Raised by every change of the secrets. */
  secretsRevision: number;
  /** Raised by every change that an operator makes to the configuration. */
  revision: number;
  /** Raised by every change that an operator makes, of the name and the labels too; absent: none since it is counted. */
  edition?: number;
  /** Raised when somebody says that it leads to another place now; absent: nobody has. */
  place?: number;
  labels: string[];
  check?: StoredCheck;
  /** The last sign-in; absent: nobody has. */
  signedIn?: StoredSignedIn;
  createdAt: Date;
  updatedAt: Date;
}

/** A number for each place that the connection has led to. */
export function placeOf({ place = 1 }: Pick<StoredConnection, 'place'>): number {
  return place;
}

/** Where it was not counted yet, the configuration's changes are all that is known. */
export function editionOf({ edition, revision }: Pick<StoredConnection, 'edition' | 'revision'>): number {
  return edition ?? revision;
}

export const connectionModel = 'Connection';

export const connectionSchema = new Schema<StoredConnection>(
  {
    _id: String,
    slug: String,
    name: { type: String, required: true },
    connector: { type: String, required: true },
    connectorVersion: { type: String, required: true },
    config: Schema.Types.Mixed,
    sealed: String,
    secretsSet: { type: [String], default: [] },
    secretsRevision: { type: Number, required: true },
    revision: { type: Number, required: true },
    edition: Number,
    place: Number,
    labels: { type: [String], default: [] },
    check: Schema.Types.Mixed,
    signedIn: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'connections', versionKey: false, minimize: false },
);

connectionSchema.index({ slug: 1 }, { unique: true, partialFilterExpression: { slug: { $gt: '' } }, name: 'by_slug' });
connectionSchema.index({ connector: 1, _id: 1 });
connectionSchema.index({ labels: 1, _id: 1 });
