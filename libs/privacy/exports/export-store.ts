import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Json } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import type { PersonSubject } from '#profiles';
import { Tombstones } from '#tombstones';
import { exportChunkModel, type ExportChunk } from './export-chunk.schema.ts';

const keptDays = 14;
const mostBytes = 8_000_000;

export interface NewChunk extends Pick<ExportChunk, 'request' | 'place' | 'section' | 'expiresAt'> {
  items: Json[];
  subject: PersonSubject;
}

/** Exports of people, in parts: a person may have a million events. Gone after 14 days, or when the person is erased. */
@Injectable()
export class ExportStore {
  private readonly chunks: mongo.Collection<ExportChunk>;

  constructor(
    @InjectModel(exportChunkModel) model: Model<ExportChunk>,
    private readonly tombstones: Tombstones,
  ) {
    this.chunks = plainCollection<ExportChunk>(model);
  }

  expiry(now: Date): Date {
    return new Date(now.getTime() + keptDays * 86_400_000);
  }

  async begin(request: string): Promise<void> {
    await this.chunks.deleteMany({ request });
  }

  /** Cuts in halves what would not fit into one document. */
  async add({ subject, items, place, request, ...chunk }: NewChunk, path = String(place)): Promise<void> {
    const text = JSON.stringify(items);
    if (text.length > mostBytes && items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      await this.add({ ...chunk, subject, place, request, items: items.slice(0, middle) }, `${path}a`);
      await this.add({ ...chunk, subject, place, request, items: items.slice(middle) }, `${path}b`);
      return;
    }
    const identities = subject.identities.map((identity) => this.tombstones.hashOf(identity));
    await this.chunks.insertOne({ _id: `${request}/${path}`, request, place, ...chunk, items: text, identities });
  }

  async isEmpty(request: string): Promise<boolean> {
    return (await this.chunks.findOne({ request }, { projection: { _id: 1 } })) === null;
  }

  /** In the order in which they were put together. */
  async *of(request: string): AsyncGenerator<Pick<ExportChunk, 'section' | 'items'>> {
    yield* this.chunks.find({ request }, { sort: { place: 1, _id: 1 }, projection: { section: 1, items: 1 } });
  }

  async eraseOf(identities: readonly string[]): Promise<number> {
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    return (await this.chunks.deleteMany({ identities: { $in: hashes } })).deletedCount;
  }
}
