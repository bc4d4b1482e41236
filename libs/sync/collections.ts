import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Run } from './runs/run.schema.ts';
import type { SliceDocument } from './runs/slice.schema.ts';
import type { Sync } from './syncs/sync.schema.ts';

/** The engine's collections as the driver has them: plain objects, no document instances. */
@Injectable()
export class Collections {
  readonly syncs: mongo.Collection<Sync>;
  readonly runs: mongo.Collection<Run>;
  readonly slices: mongo.Collection<SliceDocument>;

  constructor(
    @InjectModel('Sync') syncs: Model<Sync>,
    @InjectModel('Run') runs: Model<Run>,
    @InjectModel('Slice') slices: Model<SliceDocument>,
  ) {
    this.syncs = plain<Sync>(syncs);
    this.runs = plain<Run>(runs);
    this.slices = plain<SliceDocument>(slices);
  }
}

function plain<T extends object>(model: Model<T>): mongo.Collection<T> {
  return model.collection as unknown as mongo.Collection<T>;
}
