import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { datasetModel, type Dataset } from './dataset.schema.ts';
import { landedRowModel, type LandedRow } from './landed-row.schema.ts';
import { landedVersionModel, type LandedVersion } from './landed-version.schema.ts';

/** The landing's collections as the driver has them: plain objects, in batches. */
@Injectable()
export class LandingStore {
  readonly rows: mongo.Collection<LandedRow>;
  readonly versions: mongo.Collection<LandedVersion>;
  readonly datasets: mongo.Collection<Dataset>;

  constructor(
    @InjectModel(landedRowModel) private readonly rowModel: Model<LandedRow>,
    @InjectModel(landedVersionModel) versions: Model<LandedVersion>,
    @InjectModel(datasetModel) datasets: Model<Dataset>,
  ) {
    this.rows = plainCollection<LandedRow>(rowModel);
    this.versions = plainCollection<LandedVersion>(versions);
    this.datasets = plainCollection<Dataset>(datasets);
  }

  /** The database's logical time: whatever is written from now on is stamped later. */
  async now(): Promise<mongo.Timestamp> {
    const { $clusterTime } = (await this.rowModel.db.getClient().db().command({ ping: 1 })) as {
      $clusterTime: { clusterTime: mongo.Timestamp };
    };
    return $clusterTime.clusterTime;
  }
}
