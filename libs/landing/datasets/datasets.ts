import { Injectable } from '@nestjs/common';
import { MillraceError, type PushContext, type StreamOrigin } from '@millrace/sdk';
import { writeUnordered } from '#platform';
import { LandingStore, type Dataset } from '../store/index.ts';
import { datasetName, furtherName } from './dataset-name.ts';
import type { LandingSources } from './landing-sources.ts';

/** Datasets: found by what they are of, made when the first rows come, told about. */
@Injectable()
export class Datasets {
  #sources?: LandingSources;

  constructor(private readonly store: LandingStore) {}

  /** Joins what knows the syncs; without, only what has landed is known. */
  learnFrom(sources: LandingSources): void {
    this.#sources = sources;
  }

  /** The dataset of rows on their way in. */
  async of({ connection, stream, key = [] }: PushContext['from']): Promise<Dataset> {
    const known = await this.store.datasets.findOne({ connection, stream });
    if (!known) return this.make({ connection, stream }, key);
    if (JSON.stringify(known.key) !== JSON.stringify(key)) {
      await this.store.datasets.updateOne({ _id: known._id }, { $set: { key } });
      return { ...known, key };
    }
    return known;
  }

  /** The name of the dataset of a stream, which need not be there yet. */
  async nameOf({ connection, stream }: StreamOrigin): Promise<string> {
    const known = await this.store.datasets.findOne({ connection, stream });
    if (known) return known._id;
    const usual = await this.usualName({ connection, stream });
    return (await this.store.datasets.findOne({ _id: usual })) ? furtherName(connection, stream) : usual;
  }

  /** Throws `not_found`. */
  async require(name: string): Promise<Dataset> {
    const dataset = await this.store.datasets.findOne({ _id: name });
    if (dataset) return dataset;
    throw new MillraceError(
      'not_found',
      `The landing has no dataset "${name.slice(0, 200)}". GET /api/landing lists them; a dataset is there once a sync to "landing" has run.`,
    );
  }

  /** By name. */
  list({ after, limit }: { after?: string; limit: number }): Promise<Dataset[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.store.datasets.find(filter, { sort: { _id: 1 }, limit }).toArray();
  }

  /** What can be read: whatever has landed, and whatever syncs say will land. */
  async readable(): Promise<Dataset[]> {
    const there = await this.store.datasets.find({}, { sort: { _id: 1 } }).toArray();
    const known = new Set(there.map(({ connection, stream }) => JSON.stringify([connection, stream])));
    const awaited: Dataset[] = [];
    for (const { connection, stream, key = [] } of (await this.#sources?.landed()) ?? []) {
      const name = JSON.stringify([connection, stream]);
      if (known.has(name)) continue;
      known.add(name);
      awaited.push({ _id: await this.nameOf({ connection, stream }), connection, stream, key });
    }
    return [...there, ...awaited];
  }

  /** Forgets a dataset with its history. Throws `not_found`, and `conflict` while a sync uses it. */
  async remove(name: string): Promise<void> {
    const { connection, stream } = await this.require(name);
    const use = await this.#sources?.usedBy({ name, connection, stream });
    if (use !== undefined) throw new MillraceError('conflict', use);
    await this.store.versions.deleteMany({ dataset: name });
    await this.store.rows.deleteMany({ dataset: name });
    await this.store.datasets.deleteOne({ _id: name }); // last, so that what was broken off can be repeated
  }

  private async make(origin: StreamOrigin, key: string[]): Promise<Dataset> {
    const names = [await this.usualName(origin), furtherName(origin.connection, origin.stream)];
    for (const _id of names) {
      await writeUnordered(() => this.store.datasets.insertMany([{ _id, ...origin, key }], { ordered: false }));
      const made = await this.store.datasets.findOne(origin); // ours, or that of a writer who was faster
      if (made) return made;
    }
    throw new MillraceError('internal', `No name is left for the dataset of stream "${origin.stream}".`);
  }

  private async usualName({ connection, stream }: StreamOrigin): Promise<string> {
    return datasetName((await this.#sources?.slugOf(connection)) ?? connection, stream);
  }
}
