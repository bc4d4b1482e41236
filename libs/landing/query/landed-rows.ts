import { Injectable } from '@nestjs/common';
import { compileCondition, refuseVainTests, type Condition, type Row } from '@millrace/sdk';
import { notACursor, decodeCursor, encodeCursor } from '#platform';
import type { mongo } from 'mongoose';
import { Datasets } from '../datasets/index.ts';
import { hashOf, idsOf, LandingStore, rowId, type Dataset, type LandedRow } from '../store/index.ts';
import { keyIn } from './key-in-condition.ts';
import { rowView, selector, type RowView } from './row-view.ts';
import { rowsAsOf, scanned, type ScannedRow } from './versions-as-of.ts';

export interface RowQuery {
  where?: Condition;
  /** Paths; absent: whole rows. */
  select?: string[];
  /** As the rows had been landed then. */
  asOf?: Date;
  after?: string;
  limit: number;
}

export interface RowPage {
  data: RowView[];
  /** There may be more, whether or not the page is full. */
  next: string | null;
  scanned: number;
  /** Rows that were there at `asOf`, though how is no longer kept. */
  forgotten: number;
}

const most = { scanned: 10_000, bytes: 32_000_000, milliseconds: 5_000, answered: 8_000_000 };
const chunk = 200;

/** Queries over landed rows: a scan in a stable order, so much a request; conditions are evaluated here and never reach the database. */
@Injectable()
export class LandedRows {
  constructor(
    private readonly store: LandingStore,
    private readonly datasets: Datasets,
  ) {}

  /** Throws `not_found`, `invalid_condition`, `invalid_mapping` for a path, `bad_request` for a cursor. */
  async query(name: string, { where, select, asOf, after, limit }: RowQuery): Promise<RowPage> {
    const passes = where ? compileCondition(where) : () => true;
    refuseVainTests(where);
    const selected = selector(select);
    const dataset = await this.datasets.require(name);
    const page: RowPage = { data: [], next: null, scanned: 0, forgotten: 0 };
    const until = Date.now() + most.milliseconds;
    let bytes = 0;
    let answered = 0;
    for await (const rows of this.chunks(filterOf(dataset, where, after))) {
      const past = asOf ? await rowsAsOf(this.store, rows, asOf) : rows;
      for (const [place, { _id }] of rows.entries()) {
        const row = past[place];
        page.scanned++;
        if (row === 'forgotten') page.forgotten++;
        else if (row && !row.d) {
          bytes += row.bytes;
          const content = JSON.parse(row.json) as Row;
          if (passes(content)) {
            page.data.push(rowView(_id, row, selected(content)));
            answered += row.bytes;
          }
        }
        const enough = page.scanned >= most.scanned || bytes > most.bytes || answered > most.answered;
        if (page.data.length === limit || enough || Date.now() > until)
          return { ...page, next: encodeCursor(hashOf(_id)) };
      }
    }
    return page;
  }

  private async *chunks(filter: mongo.Filter<LandedRow>): AsyncGenerator<ScannedRow[]> {
    const cursor = this.store.rows.find<ScannedRow>(filter, {
      projection: scanned,
      sort: { _id: 1 },
      batchSize: chunk,
    });
    let rows: ScannedRow[] = [];
    let bytes = 0;
    for await (const row of cursor) {
      rows.push(row);
      bytes += row.bytes;
      if (rows.length < chunk && bytes < most.answered) continue;
      yield rows;
      rows = [];
      bytes = 0;
    }
    if (rows.length > 0) yield rows;
  }
}

function filterOf(dataset: Dataset, where: Condition | undefined, after: string | undefined): mongo.Filter<LandedRow> {
  const range = idsOf(dataset._id, after === undefined ? undefined : positionOf(after));
  const key = keyIn(where, dataset.key);
  return { _id: key === undefined ? range : { ...range, $eq: rowId(dataset._id, key) } };
}

export function positionOf(after: string): string {
  const position = decodeCursor(after);
  if (typeof position === 'string' && /^[\w-]{1,40}$/.test(position)) return position;
  throw notACursor();
}
