import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import {
  againIfOvertaken,
  atRevision,
  canonicalJson,
  hashKey,
  listOf,
  lostRace,
  newId,
  Overtaken,
  plainCollection,
  refuseStale,
  revisionOf,
  textAfter,
  unlessTaken,
  type List,
  type PageQuery,
  type Putting,
} from '#platform';
import { sourceNamed } from './source-ref.ts';
import { sourceModel, type Source, type StoredWriteKey } from './source.schema.ts';
import { newSourceView, sourceView, type NewSourceView, type NewWriteKeyView, type SourceView } from './source-view.ts';

const mostKeys = 10;

export interface NewSource {
  name: string;
  slug?: string;
  /** Default: all. */
  origins?: string[];
}

/** Is told of each new source before its key is given out. */
export type SourceListener = (source: Pick<Source, '_id' | 'name'>) => Promise<void>;

/** Sources and their write keys: made, listed, removed. */
@Injectable()
export class Sources {
  /** Raised by every removal, so that nobody goes by what he remembers. */
  removals = 0;
  readonly #listeners: SourceListener[] = [];
  private readonly sources: mongo.Collection<Source>;

  constructor(@InjectModel(sourceModel) sources: Model<Source>) {
    this.sources = plainCollection<Source>(sources);
  }

  onCreate(listener: SourceListener): void {
    this.#listeners.push(listener);
  }

  /** With its first write key. Throws `conflict` when the slug is taken. */
  async create(given: NewSource): Promise<NewSourceView> {
    const [key, stored] = newWriteKey();
    const made = await this.#make(given, [stored]);
    if (made) return newSourceView(made, key);
    throw slugTaken(given.slug);
  }

  /**
   * Makes the source of a slug, without a write key, or makes it what is given; the same again changes nothing. So what is kept in files can
   * be put again and again, and keys come from `addKey` alone. Throws `not_found`, `conflict`.
   */
  put(
    ref: string,
    given: NewSource,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<{ view: SourceView; created: boolean }> {
    return againIfOvertaken(() => this.#putOnce(ref, given, madeFrom));
  }

  /** Throws what `put` would throw; stores nothing. */
  async rehearsePut(
    ref: string,
    { slug }: Pick<NewSource, 'slug'>,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<void> {
    const present = await this.#present(ref, madeFrom);
    if (slug === undefined) return;
    if (!present && slug !== ref) throw noSuchSource(ref);
    const holder = await this.sources.findOne({ slug }, { projection: { slug: 1 } });
    if (holder && holder._id !== present?._id) throw slugTaken(slug);
  }

  async #putOnce(
    ref: string,
    { slug, name, origins = [] }: NewSource,
    madeFrom: number | undefined,
  ): Promise<{ view: SourceView; created: boolean }> {
    const named = slug ?? (ref.startsWith('src_') ? undefined : ref);
    const present = await this.#present(ref, madeFrom);
    if (present) {
      const fields = { name, origins, ...(named !== undefined && { slug: named }) };
      return { view: sourceView(await this.#change(present, fields)), created: false };
    }
    if (named !== ref) throw noSuchSource(ref); // another slug is for a source that is there
    const made = await this.#make({ slug: named, name, origins }, []);
    if (made) return { view: sourceView(made), created: true };
    throw new Overtaken('Somebody else made this source at the same moment.');
  }

  /** What is to be changed. Throws `not_found`, `conflict`. */
  async #present(ref: string, madeFrom: number | undefined): Promise<Source | undefined> {
    const present = await this.sources.findOne(sourceNamed(ref));
    if (present) refuseStale('source', { revision: revisionOf(present) }, madeFrom);
    else if (ref.startsWith('src_') || madeFrom) throw noSuchSource(ref);
    return present ?? undefined;
  }

  /** Throws `Overtaken` where it is another one by now. */
  async #change(present: Source, fields: Pick<Source, 'name' | 'origins' | 'slug'>): Promise<Source> {
    const { name, origins, slug } = present;
    if (canonicalJson({ name, origins, ...(slug !== undefined && { slug }) }) === canonicalJson(fields)) return present;
    const revision = revisionOf(present);
    try {
      const changed = await this.sources.findOneAndUpdate(
        { _id: present._id, ...atRevision(revision) } as mongo.Filter<Source>,
        { $set: { ...fields, revision: revision + 1 } },
        { returnDocument: 'after' },
      );
      if (changed) return changed;
    } catch (error) {
      throw lostRace(error) ? slugTaken(fields.slug) : error;
    } finally {
      this.removals++; // what a source may send from is remembered beside its keys
    }
    throw new Overtaken('Somebody else changed this source meanwhile: read it again, then change it.');
  }

  /** Undefined when the slug is taken. */
  async #make({ slug, name, origins = [] }: NewSource, writeKeys: StoredWriteKey[]): Promise<Source | undefined> {
    const id = newId('src');
    const source: Source = {
      _id: id,
      ...(slug !== undefined && { slug }),
      name,
      origins,
      writeKeys,
      revision: 1,
      createdAt: new Date(),
    };
    if (!(await unlessTaken(this.sources.insertOne(source)))) return undefined;
    for (const listener of this.#listeners) await listener(source);
    return source;
  }

  /** Throws `not_found`. */
  async get(id: string): Promise<SourceView> {
    const source = await this.sources.findOne(sourceNamed(id));
    if (!source) throw noSuchSource(id);
    return sourceView(source);
  }

  async list({ after, limit }: Pick<PageQuery, 'after' | 'limit'>): Promise<List<SourceView>> {
    const position = textAfter(after);
    const filter = position === undefined ? {} : { _id: { $gt: position } };
    const found = await this.sources.find(filter, { sort: { _id: 1 }, limit: limit + 1 }).toArray();
    return listOf(found, limit, sourceView, ({ _id }) => _id);
  }

  /** What it has sent stays. Throws `not_found`. */
  async remove(id: string): Promise<void> {
    const { deletedCount } = await this.sources.deleteOne(sourceNamed(id));
    this.removals++;
    if (deletedCount === 0) throw noSuchSource(id);
  }

  /** A further key, so that clients can move to it before the old one goes. Throws `not_found`, `conflict`. */
  async addKey(id: string): Promise<NewWriteKeyView> {
    const [key, stored] = newWriteKey();
    const full = `writeKeys.${mostKeys - 1}`;
    const { matchedCount } = await this.sources.updateOne(
      { ...sourceNamed(id), [full]: { $exists: false } },
      { $push: { writeKeys: stored } },
    );
    if (matchedCount === 1) return { id: stored.id, writeKey: key };
    await this.get(id);
    throw new MillraceError('conflict', `A source has at most ${mostKeys} write keys. Remove one that is not used.`);
  }

  /** Throws `not_found`. */
  async removeKey(id: string, key: string): Promise<void> {
    const { modifiedCount } = await this.sources.updateOne(sourceNamed(id), { $pull: { writeKeys: { id: key } } });
    this.removals++;
    if (modifiedCount === 1) return;
    await this.get(id);
    throw new MillraceError('not_found', `The source has no write key "${key}". GET /api/sources/${id} lists them.`);
  }

  async findByKey(writeKey: string): Promise<Source | undefined> {
    return (await this.sources.findOne({ 'writeKeys.hash': hashKey(writeKey) })) ?? undefined;
  }
}

/** `wk_` and 24 random bytes: a plain fast hash is right for it, since there is nothing to guess. */
function newWriteKey(): [key: string, stored: StoredWriteKey] {
  const key = `wk_${randomBytes(24).toString('base64url')}`;
  return [key, { id: newId('wkey'), hash: hashKey(key), createdAt: new Date() }];
}

function slugTaken(slug = ''): MillraceError {
  return new MillraceError('conflict', `There is a source "${slug}" already: use PUT to change it, or another slug.`);
}

function noSuchSource(id: string): MillraceError {
  return new MillraceError('not_found', `There is no source "${id}". GET /api/sources lists them.`);
}
