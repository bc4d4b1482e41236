import { Schema } from 'mongoose';

export const datasetModel = 'LandedDataset';

/** The landed rows of one stream of a connection. */
export interface Dataset {
  /** Its name, see datasets/dataset-name.ts. It stays, though the connection's slug may change. */
  _id: string;
  connection: string;
  stream: string;
  /** Fields that name a row; none: a row is what it contains. */
  key: string[];
  firstLandedAt?: Date;
  lastLandedAt?: Date;
  counts?: DatasetCounts;
}

export interface DatasetCounts {
  rows: number;
  deleted: number;
  versions: number;
  bytes: number;
  at: Date;
}

export const datasetSchema = new Schema(
  {
    _id: String,
    connection: { type: String, required: true },
    stream: { type: String, required: true },
    key: { type: [String], default: [] },
    firstLandedAt: Date,
    lastLandedAt: Date,
    counts: Schema.Types.Mixed,
  },
  { collection: 'landed_datasets', versionKey: false, minimize: false },
);

datasetSchema.index({ connection: 1, stream: 1 }, { unique: true });
