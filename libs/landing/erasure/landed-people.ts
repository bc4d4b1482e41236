import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { inPages } from '#platform';
import { recordName, Tombstones } from '#tombstones';
import { LandingStore, rowId, type Dataset, type LandedVersion } from '../store/index.ts';

const atATime = 500;
const mostBytes = 4_000_000;
const inBatches = { batchSize: 100 };

/** By what a person's landed rows are found: their addresses in the rows, and the source records that became parts of the profile. */
export interface LandedSubject {
  identities: readonly string[];
  /** `<connection>/<stream>/<key>` */
  records: readonly string[];
}

export interface LandedPage {
  /** Ids of rows. */
  rows: string[];
  /** Their source records, and the same as the landing's own. */
  records: string[];
}

/** The present rows, or the former versions of rows. */
type Landed = 'rows' | 'versions';
type Pages = AsyncIterable<readonly string[]>;

/** What the landing keeps of a person. */
@Injectable()
export class LandedPeople {
  constructor(
    private readonly store: LandingStore,
    private readonly tombstones: Tombstones,
  ) {}

  /** Rows that are left, at most 500; undefined: none are. */
  async next(subject: LandedSubject): Promise<LandedPage | undefined> {
    const ids = await this.rowIdsOf(subject.records);
    const hashes = subject.identities.map((identity) => this.tombstones.hashOf(identity));
    const either = { $or: [{ _id: { $in: ids } }, { identities: { $in: hashes } }] };
    const found = await this.store.rows.find(either, { projection: { dataset: 1, key: 1 }, limit: atATime }).toArray();
    // Of a row that is gone, or that named somebody else by now, a former version may still speak.
    const former = await this.store.versions
      .find(
        { $or: [{ row: { $in: ids } }, { identities: { $in: hashes } }] },
        { projection: { row: 1, dataset: 1, key: 1 }, limit: atATime },
      )
      .toArray();
    if (found.length + former.length === 0) return undefined;
    const datasets = await this.datasets([...found, ...former].map(({ dataset }) => dataset));
    return {
      rows: [...new Set([...found.map(({ _id }) => _id), ...former.map(({ row }) => row)])],
      records: [...found, ...former].flatMap(({ dataset, key }) => namesOf(datasets.get(dataset), dataset, key)),
    };
  }

  /** Gives how many there were. */
  async erase(rows: readonly string[]): Promise<{ landed_rows: number; landed_versions: number }> {
    const versions = await this.store.versions.deleteMany({ row: { $in: [...rows] } });
    const current = await this.store.rows.deleteMany({ _id: { $in: [...rows] } });
    const late = await this.store.versions.deleteMany({ row: { $in: [...rows] } }); // a writer may have copied one meanwhile
    return { landed_rows: current.deletedCount, landed_versions: versions.deletedCount + late.deletedCount };
  }

  /**
   * The rows, or their former versions, as they are, for the person to read: those that name the person, and those of source records, whose names come in
   * pages. Each once, in pages of at most 500 and about 4 MB.
   */
  async *export(what: Landed, identities: readonly string[], records: Pages): AsyncGenerator<Json[]> {
    const found = this.landedOf(what, identities, records);
    for await (const page of inPages(found, atATime, { most: mostBytes, of: ({ bytes }) => bytes }))
      yield page.map(viewOf);
  }

  /** The source records of what `export` gives, in pages. */
  async *records(what: Landed, identities: readonly string[], records: Pages): AsyncGenerator<string[]> {
    const datasets = new Map((await this.store.datasets.find().toArray()).map((dataset) => [dataset._id, dataset]));
    let page: string[] = [];
    for await (const { dataset, key } of this.landedOf(what, identities, records)) {
      page.push(...namesOf(datasets.get(dataset), dataset, key));
      if (page.length < atATime) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  private async *landedOf(
    what: Landed,
    identities: readonly string[],
    records: Pages,
  ): AsyncGenerator<Pick<LandedVersion, '_id' | 'dataset' | 'key' | 'landedAt' | 'json' | 'bytes'>> {
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    // A record may be in several pages, and name the person besides: ids are remembered, some 60 bytes each.
    const given = new Set<string>();
    for await (const theirs of this.filtersOf(what, hashes, records)) {
      const found =
        what === 'rows' ? this.store.rows.find(theirs, inBatches) : this.store.versions.find(theirs, inBatches);
      for await (const landed of found) {
        if (given.has(landed._id)) continue;
        given.add(landed._id);
        yield landed;
      }
    }
  }

  private async *filtersOf(what: Landed, hashes: string[], records: Pages): AsyncGenerator<object> {
    yield { identities: { $in: hashes } };
    for await (const page of records) {
      const ids = await this.rowIdsOf(page);
      if (ids.length > 0) yield { [what === 'rows' ? '_id' : 'row']: { $in: ids } };
    }
  }

  private async rowIdsOf(records: readonly string[]): Promise<string[]> {
    if (records.length === 0) return [];
    const byStream = new Map<string, string[]>();
    for (const record of records) {
      const end = record.indexOf('/', record.indexOf('/') + 1) + 1;
      const stream = record.slice(0, end);
      byStream.set(stream, [...(byStream.get(stream) ?? []), record.slice(end)]);
    }
    const known = await this.store.datasets
      .find({ connection: { $in: [...byStream.keys()].map(connectionOf) } })
      .toArray();
    return known.flatMap((dataset) =>
      (byStream.get(recordName(dataset, '')) ?? []).map((key) => idOf(dataset._id, key)),
    );
  }

  private async datasets(names: string[]): Promise<Map<string, Dataset>> {
    const found = await this.store.datasets.find({ _id: { $in: [...new Set(names)] } }).toArray();
    return new Map(found.map((dataset) => [dataset._id, dataset]));
  }
}

/** A long key's record names its hash; a row's id is the beginning of the very same one. */
function idOf(dataset: string, key: string): string {
  return /^#[\w-]{43}$/.test(key) ? `${dataset}/${key.slice(1, 23)}` : rowId(dataset, key);
}

function connectionOf(stream: string): string {
  return decodeURIComponent(stream.slice(0, stream.indexOf('/')));
}

function namesOf(dataset: Dataset | undefined, name: string, key: string): string[] {
  const landed = recordName({ connection: 'landing', stream: name }, key);
  return dataset ? [recordName(dataset, key), landed] : [landed];
}

function viewOf({ dataset, landedAt, json }: Pick<LandedVersion, 'dataset' | 'landedAt' | 'json'>): Json {
  return { dataset, landedAt: landedAt.toISOString(), row: JSON.parse(json) as Json };
}
