import { Schema } from 'mongoose';

/** Says who made a resource by its PUT, so that only that one takes it away again without being asked to. Gone with the resource. */
export interface ManagedResource {
  /** As it was put: `/api/blocks/card`. */
  _id: string;
  /** Without its last part. */
  list: string;
  /** In its path; absent in entries of former versions, which have all names in lower case. */
  name?: string;
  /** What its DELETE may call it: the name in its path, its id. */
  names: string[];
  /** Where it has one. */
  id?: string;
  owner: string;
  at: Date;
}

export const managedModel = 'ManagedResource';

export const managedSchema = new Schema<ManagedResource>(
  { _id: String, list: String, name: String, names: [String], id: String, owner: String, at: Date },
  { collection: 'managed_resources', versionKey: false },
);

managedSchema.index({ owner: 1, _id: 1 });
managedSchema.index({ list: 1, names: 1 });
