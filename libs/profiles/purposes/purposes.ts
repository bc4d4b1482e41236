import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Overtaken, putRevision, revisionOf, Uses, type Removing } from '#platform';
import { nativeCollection, type ClientSession, type Collection } from '../store/index.ts';
import { purposeModel, type Basis, type StoredPurpose } from './purpose.schema.ts';

export interface Purpose {
  name: string;
  title: string;
  description?: string;
  titles?: Record<string, string>;
  basis: Basis;
  /** Raised by every change; 0: not stored. */
  revision: number;
  /** Not stored: it holds until somebody says otherwise. */
  builtIn: boolean;
}

export type PurposeFields = Pick<Purpose, 'title' | 'description' | 'titles' | 'basis'>;

const unstored = { revision: 0, builtIn: true };

const builtIn: Purpose[] = [
  {
    name: 'marketing',
    title: 'Offers and news',
    titles: { de: 'Angebote und Neuigkeiten', pt: 'Ofertas e novidades' },
    basis: 'consent',
    ...unstored,
  },
  {
    name: 'transactional',
    title: 'Orders and account',
    titles: { de: 'Bestellungen und Konto', pt: 'Encomendas e conta' },
    basis: 'none',
    ...unstored,
  },
  {
    name: 'tracking',
    title: 'Seeing whether mails are read',
    titles: { de: 'Sehen, ob Nachrichten gelesen werden', pt: 'Ver se as mensagens são lidas' },
    basis: 'optOut',
    ...unstored,
  },
];

const mostPurposes = 200;

/** The purposes that are known, and what each needs before somebody may be written to. Of an unknown one: consent. */
@Injectable()
export class Purposes {
  /** Asked before a purpose is removed. */
  readonly uses = new Uses('purpose');
  private readonly collection: Collection<StoredPurpose>;

  constructor(@InjectModel(purposeModel) model: Model<StoredPurpose>) {
    this.collection = nativeCollection<StoredPurpose>(model);
  }

  /** All, by name: at most 200. */
  async all(): Promise<Purpose[]> {
    const stored = await this.collection.find({}, { sort: { _id: 1 }, limit: mostPurposes }).toArray();
    const known = new Map(builtIn.map((purpose) => [purpose.name, purpose]));
    for (const purpose of stored) known.set(purpose._id, purposeOf(purpose));
    return [...known.values()].sort((x, y) => (x.name < y.name ? -1 : 1));
  }

  /** Undefined: nobody has declared it. */
  async find(name: string, session?: ClientSession): Promise<Purpose | undefined> {
    const stored = await this.collection.findOne({ _id: name }, { session });
    return stored ? purposeOf(stored) : builtIn.find((purpose) => purpose.name === name);
  }

  /** Throws `not_found`. */
  async get(name: string, session?: ClientSession): Promise<Purpose> {
    const found = await this.find(name, session);
    if (found) return found;
    throw new MillraceError(
      'not_found',
      `There is no purpose "${name}", so it needs consent. GET /api/purposes lists them.`,
    );
  }

  async basisOf(name: string): Promise<Basis> {
    return (await this.find(name))?.basis ?? 'consent';
  }

  /** @param seen what it replaces. Throws `Overtaken` where that is another one by now, and `conflict` when there are too many. */
  async replace(
    name: string,
    fields: PurposeFields,
    seen: Purpose | undefined,
    session?: ClientSession,
  ): Promise<Purpose> {
    const next = await this.following(name, fields, seen);
    const after = { _id: name, ...fields, revision: next.revision, updatedAt: new Date() };
    if (await putRevision(this.collection, after, next.revision - 1, { session })) return next;
    throw new Overtaken('Somebody else changed this purpose meanwhile: read it again, then change it.');
  }

  /** What replaces `seen`. Throws `conflict` when there are too many. */
  async following(name: string, fields: PurposeFields, seen: Purpose | undefined): Promise<Purpose> {
    const { revision } = seen ?? unstored;
    if (revision === 0 && (await this.collection.estimatedDocumentCount()) >= mostPurposes)
      throw new MillraceError('conflict', `There are ${mostPurposes} purposes already. Remove one first.`);
    return { name, ...fields, revision: revision + 1, builtIn: false };
  }

  /** A built-in one is what it was at first again. Throws `not_found`. */
  async remove(
    name: string,
    { force = false, rehearse = false }: Removing = {},
    session?: ClientSession,
  ): Promise<void> {
    if (!force) await this.uses.refuse(name);
    const removed = rehearse
      ? await this.collection.countDocuments({ _id: name })
      : (await this.collection.deleteOne({ _id: name }, { session })).deletedCount;
    if (removed === 0)
      throw new MillraceError('not_found', `No purpose "${name}" is stored. GET /api/purposes lists them.`);
  }
}

function purposeOf(stored: StoredPurpose): Purpose {
  const { _id: name, revision: _, updatedAt: __, ...fields } = stored;
  return { name, ...fields, revision: revisionOf(stored), builtIn: false };
}
