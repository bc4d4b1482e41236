import type { Model, mongo } from 'mongoose';

/** A model's collection as the driver has it: plain objects in and out, no casting, no document instances. */
export function plainCollection<T extends object>(model: Model<T>): mongo.Collection<T> {
  return model.collection as unknown as mongo.Collection<T>;
}
