import { Schema } from 'mongoose';
import { versionFields, type Version } from '#platform';
import type { Traits } from '../folding/index.ts';

export const productModel = 'Product';

/** A thing that is sold: the newest version of its record. Short names: see the platform's Version. */
export interface StoredProduct extends Version {
  /** `<connection>:<id>` */
  _id: string;
  /** The id alone: lines of orders name products by it. Absent where migration 1 has not been yet. */
  id?: string;
  v: number;
  name?: string;
  price?: number;
  url?: string;
  image?: string;
  properties: Traits;
  d?: true;
  updatedAt: Date;
}

export const productSchema = new Schema(
  {
    _id: String,
    id: String,
    v: { type: Number, required: true },
    ...versionFields,
    name: String,
    price: Number,
    url: String,
    image: String,
    properties: Schema.Types.Mixed,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'products', versionKey: false, minimize: false, id: false },
);

productSchema.index({ id: 1 }, { sparse: true }); // the product of an order's line, whichever connection brought it
