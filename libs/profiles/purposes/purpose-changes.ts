import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Definitions, readAudienceCondition } from '../definitions/index.ts';
import type { ClientSession } from '../store/index.ts';
import { Purposes, type Purpose, type PurposeFields } from './purposes.ts';

/** Changes purposes. Where that changes who may be written to, audiences that ask for it are looked at anew, as if they had been changed themselves. */
@Injectable()
export class PurposeChanges {
  constructor(
    private readonly purposes: Purposes,
    private readonly definitions: Definitions,
  ) {}

  async put(name: string, fields: PurposeFields): Promise<Purpose> {
    const before = await this.purposes.basisOf(name);
    if (before === fields.basis || !(await this.#isAskedFor(name))) return this.purposes.put(name, fields);
    return this.#change(name, (session) => this.purposes.put(name, fields, session));
  }

  /** Throws `not_found`, `in_use`. */
  async remove(name: string, options: { force?: boolean }): Promise<void> {
    if (!(await this.#isAskedFor(name))) return this.purposes.remove(name, options);
    await this.#change(name, (session) => this.purposes.remove(name, options, session));
  }

  async #isAskedFor(name: string): Promise<boolean> {
    return (await this.#askingFor(name)).length > 0;
  }

  /** One transaction: nobody measures by the new basis before the audiences are due. */
  async #change<T>(name: string, work: (session: ClientSession) => Promise<T>): Promise<T> {
    const results: T[] = [];
    await this.definitions.change(async (revision, session) => {
      results.push(await work(session));
      const asking = { _id: { $in: await this.#askingFor(name, session) } };
      await this.definitions.audiences.updateMany(asking, { $set: { revision } }, { session });
    });
    return results.at(-1) as T;
  }

  /** Slugs of audiences. */
  async #askingFor(purpose: string, session?: ClientSession): Promise<string[]> {
    const stored = await this.definitions.audiences.find({}, { projection: { condition: 1 }, session }).toArray();
    return stored.flatMap(({ _id, condition }) => (asksFor(purpose, condition) ? [_id] : []));
  }
}

/** One that cannot be read asks for nothing. */
function asksFor(purpose: string, condition: string): boolean {
  try {
    const { measures } = readAudienceCondition(JSON.parse(condition), () => true);
    return measures.some(({ consent }) => consent?.purpose === purpose);
  } catch (error) {
    if (error instanceof MillraceError) return false;
    throw error;
  }
}
