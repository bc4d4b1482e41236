import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { retry, type Outcome } from '@millrace/sdk';
import { identityHashesIn, Signer, writeUnordered } from '#platform';
import { recordName, refusedAsErased, Tombstones } from '#tombstones';
import { LandingStore, type Dataset } from '../store/index.ts';
import { foldRow, outline, type Change, type Outline } from './fold-row.ts';
import { HistoryWriter } from './history-writer.ts';
import type { IncomingRow } from './incoming-row.ts';
import { rowOperation } from './row-operation.ts';

const attempts = 8;

/**
 * Lands rows, a page at a time: one read tells which are new, one bulk write keeps them; between the two, the versions that are replaced are copied
 * within the database. Any number of writers may land the same rows: whoever loses a race reads again.
 */
@Injectable()
export class LandingWriter {
  constructor(
    private readonly store: LandingStore,
    private readonly history: HistoryWriter,
    private readonly signer: Signer,
    private readonly tombstones: Tombstones,
  ) {}

  /** One outcome a row, in their order; `retry` for those that lose every race. */
  async write(dataset: Dataset, rows: readonly IncomingRow[]): Promise<Outcome[]> {
    const erased = await this.erased(dataset, rows);
    const outcomes = rows.map((row) =>
      erased.has(row) ? refusedAsErased() : retry(250, 'Other writers were landing the same rows; try again.'),
    );
    const places = new Map<string, number[]>();
    rows.forEach((row, place) => {
      if (!erased.has(row)) places.set(row._id, [...(places.get(row._id) ?? []), place]);
    });
    let open = [...places.keys()];
    for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
      if (attempt > 1) await delay(Math.random() * 10 * 2 ** attempt);
      open = await this.attempt(dataset, open, (id, before) => {
        const mine = places.get(id) ?? [];
        const folded = foldRow(
          before,
          mine.map((place) => rows[place] as IncomingRow),
        );
        return {
          change: folded.change,
          settle: () => mine.forEach((place, i) => (outcomes[place] = folded.outcomes[i] as Outcome)),
        };
      });
    }
    return outcomes;
  }

  /** Rows about people who were erased, deletions included: their keys may be addresses. */
  private async erased(dataset: Dataset, rows: readonly IncomingRow[]): Promise<Set<IncomingRow>> {
    const { tombstones } = this;
    return tombstones.rowsAbout(rows, ({ key, json }) => [
      tombstones.hashOfRecord(recordName(dataset, key)),
      ...tombstones.hashesIn(json),
    ]);
  }

  /** Gives the ids that lost a race. */
  private async attempt(dataset: Dataset, ids: string[], fold: Fold): Promise<string[]> {
    const found = await this.store.rows.find<Outline>({ _id: { $in: ids } }, { projection: outline }).toArray();
    const known = new Map(found.map((row) => [row._id, row]));
    const folded = ids.map((id) => ({ id, ...fold(id, known.get(id)) }));
    const changes = folded.flatMap(({ change }) => change ?? []);
    const lost = changes.length > 0 ? await this.save(dataset, changes) : new Set<Change>();
    return folded.flatMap(({ id, change, settle }) => {
      if (change && lost.has(change)) return [id];
      settle();
      return [];
    });
  }

  private async save(dataset: Dataset, changes: Change[]): Promise<Set<Change>> {
    const now = new Date();
    const replaced = changes.flatMap(({ before, content }) => (before && content ? [before] : []));
    await this.history.keep(replaced, now);
    const operations = changes.map((change) => {
      const identities = change.content ? identityHashesIn(change.content.json, this.signer) : [];
      return rowOperation(change, dataset, { now, identities });
    });
    const [lost] = await Promise.all([
      writeUnordered(() => this.store.rows.bulkWrite(operations, { ordered: false })),
      this.history.trim(replaced),
      this.store.datasets.updateOne(
        { _id: dataset._id },
        { $max: { lastLandedAt: now }, $min: { firstLandedAt: now } },
      ),
    ]);
    return new Set(changes.filter((_, place) => lost.has(place)));
  }
}

type Fold = (id: string, before: Outline | undefined) => { change?: Change; settle: () => void };
