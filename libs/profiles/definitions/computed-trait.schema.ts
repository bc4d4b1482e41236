import { Schema } from 'mongoose';
import type { Calculation, RowSource } from '../measures/index.ts';

export const computedTraitModel = 'ComputedTrait';

/** A figure that every profile has, under a name of its own. */
export interface StoredComputedTrait {
  /** The slug. */
  _id: string;
  name: string;
  description?: string;
  /** Its name on profiles and in templates: `computed.lifetimeValue`. */
  trait: string;
  from: RowSource;
  calculate: Calculation;
  field?: string;
  /** A condition as JSON text: nothing that a user wrote is ever part of a query. */
  where?: string;
  within?: string;
  /** The revision of all definitions that it came with. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const computedTraitSchema = new Schema<StoredComputedTrait>(
  {
    _id: String,
    name: { type: String, required: true },
    description: String,
    trait: { type: String, required: true },
    from: { type: String, required: true },
    calculate: { type: String, required: true },
    field: String,
    where: String,
    within: String,
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'computed_traits', versionKey: false },
);

computedTraitSchema.index({ trait: 1 }, { unique: true });
