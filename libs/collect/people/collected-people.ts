import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { hashText, identityHashesIn, Signer, writeUnordered, plainCollection } from '#platform';
import { collectedPersonModel, type CollectedPerson } from './collected-person.schema.ts';
import { KeptSaid, type SensitiveJudge } from './kept-said.ts';
import { personOf, type Person } from './person-of.ts';
import { addSaying, nothingSaid, type Said, type Saying } from './said.ts';

const mostBytes = 200_000;
const mostTraits = 400;
const attempts = 10;
const atATime = 200;

/** A person as all messages so far have it, or why one more message cannot be taken. */
export type AddedSaying = { person: Person; at: number } | MillraceError;

interface Known {
  said: Said;
  v: number;
  changed: boolean;
}

/** Adds what messages say to what earlier ones have said. A message that is added again changes nothing. */
@Injectable()
export class CollectedPeople {
  private readonly people: mongo.Collection<CollectedPerson>;

  constructor(
    @InjectModel(collectedPersonModel) people: Model<CollectedPerson>,
    private readonly signer: Signer,
    private readonly kept: KeptSaid,
  ) {
    this.people = plainCollection<CollectedPerson>(people);
  }

  /** One result a message, in their order. Throws `conflict` when others write the same people all the time. */
  async add(sayings: Saying[]): Promise<AddedSaying[]> {
    if (sayings.length === 0) return [];
    for (let attempt = 0; attempt < attempts; attempt++) {
      const known = await this.#known(sayings);
      const refusals = sayings.map((saying) => this.#take(known, saying));
      if (await this.#write(known)) return sayings.map(({ who }, i) => refusals[i] ?? resultOf(known.get(who)));
    }
    throw new MillraceError('conflict', 'Others are writing the same people. It is tried again.', { retryable: true });
  }

  /** What is kept of people, readable: the newest value of each trait with its time, and their identities. */
  async *find(identities: readonly string[], hashes: readonly string[]): AsyncGenerator<object> {
    for await (const person of this.people.find(ofPeople(identities, hashes))) {
      const { traits, ids, at } = this.kept.read(person);
      const told = Object.entries(traits).map(([name, [value, ms]]) => [name, { value, at: new Date(ms) }]);
      const { updatedAt } = person;
      yield { traits: Object.fromEntries(told) as object, identities: ids, at: new Date(at), updatedAt };
    }
  }

  /** How many were removed. */
  async erase(identities: readonly string[], hashes: readonly string[]): Promise<number> {
    return (await this.people.deleteMany(ofPeople(identities, hashes))).deletedCount;
  }

  /**
   * Seals who has a trait that is sensitive by now, and opens who has none any more: a page behind `position`. Gives where it ended; undefined: that
   * was all. Whoever is written meanwhile is written as it should be.
   */
  async follow(position = ''): Promise<string | undefined> {
    const isSensitive = await this.kept.judge();
    const page = await this.people.find({ _id: { $gt: position } }, { sort: { _id: 1 }, limit: atATime }).toArray();
    const astray = page.filter((person) => this.kept.isAstray(person, isSensitive));
    const writes = astray.map((person) => {
      const { _id, v } = person;
      const set = { ...this.#stored(_id, this.kept.read(person), isSensitive), v: v + 1 };
      return { updateOne: { filter: { _id, v }, update: { $set: set } } };
    });
    if (writes.length > 0) await this.people.bulkWrite(writes, { ordered: false });
    return page.length < atATime ? undefined : page.at(-1)?._id;
  }

  async #known(sayings: Saying[]): Promise<Map<string, Known>> {
    const whoById = new Map(sayings.map(({ who }) => [hashText(who), who]));
    const known = new Map<string, Known>();
    for (const who of whoById.values()) known.set(who, { said: nothingSaid(), v: 0, changed: false });
    for await (const person of this.people.find({ _id: { $in: [...whoById.keys()] } }))
      known.set(whoById.get(person._id) ?? '', { said: this.kept.read(person), v: person.v, changed: false });
    return known;
  }

  #take(known: Map<string, Known>, saying: Saying): MillraceError | undefined {
    const before = known.get(saying.who);
    if (!before) return undefined;
    const said = addSaying(before.said, saying);
    const [old, now] = [JSON.stringify(before.said), JSON.stringify(said)];
    if (now === old) return undefined;
    if (now.length > mostBytes || Object.keys(said.traits).length > mostTraits)
      return new MillraceError(
        'profile_too_large',
        `One person would have more than ${mostTraits} traits or ${mostBytes / 1_000} KB of them. Send fewer.`,
      );
    known.set(saying.who, { said, v: before.v, changed: true });
    return undefined;
  }

  /** False where somebody else was faster: then all is read again, since adding twice is harmless. */
  async #write(known: Map<string, Known>): Promise<boolean> {
    const changed = [...known].filter(([, { changed: is }]) => is);
    if (changed.length === 0) return true;
    const isSensitive = await this.kept.judge();
    const writes = changed.map(([who, { said, v }]): mongo.AnyBulkWriteOperation<CollectedPerson> => {
      const _id = hashText(who);
      const set = { ...this.#stored(_id, said, isSensitive), v: v + 1, updatedAt: new Date() };
      return { updateOne: { filter: { _id, v }, update: { $set: set }, upsert: v === 0 } };
    });
    let written = 0;
    const lost = await writeUnordered(async () => {
      const { matchedCount, upsertedCount } = await this.people.bulkWrite(writes, { ordered: false });
      written = matchedCount + upsertedCount;
    });
    return lost.size === 0 && written === writes.length;
  }

  #stored(id: string, said: Said, isSensitive: SensitiveJudge): Pick<CollectedPerson, 'json' | 'identities'> {
    const identities = identityHashesIn(JSON.stringify(said), this.signer);
    return { json: this.kept.write(id, said, isSensitive), ...(identities.length > 0 && { identities }) };
  }
}

function resultOf(known: Known | undefined): AddedSaying {
  const { said } = known ?? { said: nothingSaid() };
  return { person: personOf(said), at: said.at };
}

function ofPeople(identities: readonly string[], hashes: readonly string[]): mongo.Filter<CollectedPerson> {
  return { $or: [{ _id: { $in: identities.map(hashText) } }, { identities: { $in: [...hashes] } }] };
}
