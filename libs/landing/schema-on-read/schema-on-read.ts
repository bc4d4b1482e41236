import { Injectable } from '@nestjs/common';
import type { Row } from '@millrace/sdk';
import { Datasets } from '../datasets/index.ts';
import { LandingStore, type LandedRow } from '../store/index.ts';
import { FieldTally, type SeenField } from './infer-fields.ts';

const sampleRows = 1_000;
const sampleBytes = 8_000_000;

export interface InferredSchema {
  /** Rows that were looked at: those that changed last. */
  sampled: number;
  /** False: every row of the dataset was looked at. */
  partial: boolean;
  fields: SeenField[];
}

/** Tells the fields of a dataset from a sample of its rows. */
@Injectable()
export class SchemaOnRead {
  constructor(
    private readonly store: LandingStore,
    private readonly datasets: Datasets,
  ) {}

  /** Throws `not_found`. */
  async of(name: string): Promise<InferredSchema> {
    const { _id: dataset } = await this.datasets.require(name);
    const tally = new FieldTally();
    let bytes = 0;
    let partial = false;
    const rows = this.store.rows.find<Pick<LandedRow, 'json' | 'bytes' | 'd'>>(
      { dataset },
      {
        projection: { json: 1, bytes: 1, d: 1 },
        sort: { changed: -1, _id: -1 },
        limit: sampleRows + 1,
        batchSize: 250,
      },
    );
    let seen = 0;
    for await (const { json, bytes: more, d } of rows) {
      bytes += more;
      partial = ++seen > sampleRows || bytes > sampleBytes;
      if (partial && tally.rows > 0) break;
      if (!d) tally.add(JSON.parse(json) as Row);
    }
    return { sampled: tally.rows, partial: partial || tally.cut, fields: tally.fields() };
  }
}
