import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { notACursor, decodeCursor, encodeCursor, type List } from '#platform';
import { Datasets } from '../datasets/index.ts';
import { LandingStore, type LandedContent } from '../store/index.ts';
import { rowView, type RowView } from './row-view.ts';

const answered = 8_000_000;

/** The versions of one row. */
@Injectable()
export class RowHistory {
  constructor(
    private readonly store: LandingStore,
    private readonly datasets: Datasets,
  ) {}

  /** Newest first, the present one included. Throws `not_found`. */
  async of(name: string, hash: string, { after, limit }: { after?: string; limit: number }): Promise<List<RowView>> {
    await this.datasets.require(name);
    const _id = `${name}/${hash}`;
    const present = await this.store.rows.findOne({ _id });
    if (!present) throw new MillraceError('not_found', 'There is no such row. A query tells the `id` of each row.');
    const below = after === undefined ? present.n + 1 : versionAfter(after);
    const found: LandedContent[] = present.n < below ? [present] : [];
    let bytes = present.bytes;
    const former = this.store.versions.find(
      { row: _id, n: { $lt: Math.min(below, present.n) } },
      { sort: { n: -1 }, limit: limit + 1 },
    );
    for await (const version of former) {
      found.push(version);
      bytes += version.bytes;
      if (bytes > answered) break;
    }
    const cut = found.length > limit || bytes > answered;
    const data = found.slice(0, limit);
    const last = data.at(-1);
    return {
      data: data.map((version) => rowView(_id, version, JSON.parse(version.json))),
      next: cut && last ? encodeCursor(last.n) : null,
    };
  }
}

function versionAfter(after: string): number {
  const position = decodeCursor(after);
  if (typeof position === 'number') return position;
  throw notACursor();
}
