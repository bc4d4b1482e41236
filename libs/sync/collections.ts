import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
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
    this.syncs = plainCollection<Sync>(syncs);
    this.runs = plainCollection<Run>(runs);
    this.slices = plainCollection<SliceDocument>(slices);
  }
}
