import { Injectable } from '@nestjs/common';
import { againIfOvertaken, canonicalJson, refuseStale, type Putting, type Removing } from '#platform';
import { audiencesAsking, Definitions, lookAtAnew } from '../definitions/index.ts';
import type { ClientSession } from '../store/index.ts';
import { Purposes, type Purpose, type PurposeFields } from './purposes.ts';

/** Changes purposes. Where that changes who may be written to, audiences that ask for it are looked at anew, as if they had been changed themselves. */
@Injectable()
export class PurposeChanges {
  constructor(
    private readonly purposes: Purposes,
    private readonly definitions: Definitions,
  ) {}

  /** Makes it what is given; the same again changes nothing. Throws `conflict`, and `not_found` when it was removed since the change was made. */
  put(name: string, given: PurposeFields, { madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<Purpose> {
    return againIfOvertaken(() => this.#putOnce(name, fieldsOf(given), madeFrom));
  }

  /** What `put` would make of it; stores nothing, and throws what `put` would throw. */
  async rehearsePut(
    name: string,
    given: PurposeFields,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<Purpose> {
    const before = await this.#replaced(name, madeFrom);
    const fields = fieldsOf(given);
    if (before && saysTheSame(before, fields)) return before;
    return this.purposes.following(name, fields, before);
  }

  async #putOnce(name: string, fields: PurposeFields, madeFrom: number | undefined): Promise<Purpose> {
    const before = await this.#replaced(name, madeFrom);
    if (before && saysTheSame(before, fields)) return before;
    const basis = before?.basis ?? 'consent';
    if (basis === fields.basis || !(await this.#isAskedFor(name))) return this.purposes.replace(name, fields, before);
    return this.#change(name, async (session) =>
      this.purposes.replace(name, fields, await this.#replaced(name, madeFrom, session), session),
    );
  }

  async #replaced(name: string, madeFrom: number | undefined, session?: ClientSession): Promise<Purpose | undefined> {
    const present = madeFrom ? await this.purposes.get(name, session) : await this.purposes.find(name, session);
    if (present) refuseStale('purpose', present, madeFrom);
    return present;
  }

  /** Throws `not_found`, `in_use`. */
  async remove(name: string, options: Removing): Promise<void> {
    if (options.rehearse || !(await this.#isAskedFor(name))) return this.purposes.remove(name, options);
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
      await lookAtAnew(this.definitions, await this.#askingFor(name, session), revision, session);
    });
    return results.at(-1) as T;
  }

  /** Slugs of audiences. */
  #askingFor(purpose: string, session?: ClientSession): Promise<string[]> {
    return audiencesAsking(this.definitions, (consent) => consent.purpose === purpose, session);
  }
}

function fieldsOf({ title, description, titles, basis }: PurposeFields): PurposeFields {
  return { title, basis, ...(description !== undefined && { description }), ...(titles && { titles }) };
}

function saysTheSame(before: Purpose, fields: PurposeFields): boolean {
  const { name: _, revision, builtIn: __, ...present } = before;
  return revision > 0 && canonicalJson(present) === canonicalJson(fields);
}
