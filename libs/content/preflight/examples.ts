import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { exampleModel, type ExampleKind, type StoredExample } from './example.schema.ts';

/** Examples of a kind that a preflight keeps. */
export const mostExamples = 50;

/** Examples of preflights in MongoDB. */
@Injectable()
export class Examples {
  readonly #collection: mongo.Collection<StoredExample>;

  constructor(@InjectModel(exampleModel) model: Model<StoredExample>) {
    this.#collection = plainCollection<StoredExample>(model);
  }

  /** Adds some, and keeps the worst of each kind. Gives by kind what another one has to beat; done again, it changes nothing. */
  async add(preflight: string, examples: readonly StoredExample[]): Promise<Record<string, number>> {
    if (examples.length === 0) return {};
    await this.#collection.bulkWrite(
      examples.map(({ _id, ...example }) => ({ replaceOne: { filter: { _id }, replacement: example, upsert: true } })),
      { ordered: false },
    );
    const floors: Record<string, number> = {};
    for (const kind of new Set(examples.map((example) => example.kind))) {
      const floor = await this.#keepWorst(preflight, kind);
      if (floor !== undefined) floors[kind] = floor;
    }
    return floors;
  }

  /** The worst first. */
  page(
    preflight: string,
    kind: ExampleKind,
    after: { score: number; _id: string } | undefined,
    limit: number,
  ): Promise<StoredExample[]> {
    const beyond = after && { $or: [{ score: { $lt: after.score } }, { score: after.score, _id: { $gt: after._id } }] };
    return this.#collection.find({ preflight, kind, ...beyond }, { sort: { score: -1, _id: 1 }, limit }).toArray();
  }

  /** Of people who are erased. Gives how many there were. */
  async forget(profiles: readonly string[]): Promise<number> {
    return (await this.#collection.deleteMany({ profile: { $in: [...profiles] } })).deletedCount;
  }

  async removeOf(preflights: readonly string[]): Promise<void> {
    await this.#collection.deleteMany({ preflight: { $in: [...preflights] } });
  }

  async #keepWorst(preflight: string, kind: ExampleKind): Promise<number | undefined> {
    const sort = { score: -1, _id: 1 } as const;
    const rest = { skip: mostExamples - 1, limit: mostExamples * 2, projection: { score: 1 } };
    const [last, ...more] = await this.#collection.find({ preflight, kind }, { sort, ...rest }).toArray();
    if (more.length > 0) await this.#collection.deleteMany({ _id: { $in: more.map(({ _id }) => _id) } });
    return last?.score;
  }
}
