import { Schema } from 'mongoose';
import type { Json } from '@millrace/sdk';
import type { Version } from '#platform';
import type { IdentityKey } from '../identity/index.ts';

export const orderModel = 'Order';

export type Fields = Record<string, Json>;

export interface LineFields {
  /** Names the line within its order. */
  id: string;
  fields: Fields;
}

/** What one stream says of an order as a whole. Short names: see folding/part.ts. */
export interface OrderHead extends Version {
  /** `<connection>/<stream>/` */
  k: string;
  /** Who: identities, sorted. */
  i: IdentityKey[];
  /** The profile that these identities led to. */
  p?: string;
  /** The claim by which it came, see writer/claims.ts. */
  w?: string;
  /** Fields: at, total, currency, status, and further ones under `properties`. */
  f: Fields;
  /** Lines that came with it. */
  l?: LineFields[];
  /** It came with the record of a line, whose deletion says nothing of the order. */
  r?: true;
  d?: true;
}

/** A line that came as a row of its own. */
export interface OrderLine extends Version {
  /** The record, as in parts: a deletion names nothing else. */
  k: string;
  id: string;
  f: Fields;
  d?: true;
}

/** An order: a fold over what streams said of it and the lines that arrived, in any order. */
export interface StoredOrder {
  /** `<connection>:<id>` */
  _id: string;
  v: number;
  heads: OrderHead[];
  lines: OrderLine[];
  /** Profile id, as it was when the order came; it may have been merged into another since. */
  p?: string;
  at?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const orderSchema = new Schema(
  {
    _id: String,
    v: { type: Number, required: true },
    heads: { type: Schema.Types.Mixed, required: true },
    lines: { type: Schema.Types.Mixed, required: true },
    p: String,
    at: Date,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'orders', versionKey: false, minimize: false },
);

orderSchema.index({ p: 1, at: -1, _id: -1 }); // a person's orders, newest first
orderSchema.index({ 'lines.k': 1 }, { sparse: true }); // the order of a line that the source deleted
// Of whom orders tell by one stream that are somebody else's by another.
orderSchema.index({ 'heads.i': 1, _id: 1 }, { partialFilterExpression: { 'heads.1': { $exists: true } } });
orderSchema.index({ 'heads.i': 1 }, { partialFilterExpression: { p: null } }); // whose an order was that belongs to nobody
