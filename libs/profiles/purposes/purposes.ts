import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Uses } from '#platform';
import { nativeCollection, type ClientSession, type Collection } from '../store/index.ts';
import { purposeModel, type Basis, type StoredPurpose } from './purpose.schema.ts';

export interface Purpose {
  name: string;
  title: string;
  description?: string;
  titles?: Record<string, string>;
  basis: Basis;
  /** Not stored: it holds until somebody says otherwise. */
  builtIn: boolean;
}

export type PurposeFields = Omit<Purpose, 'name' | 'builtIn'>;

const builtIn: Purpose[] = [
  {
    name: 'marketing',
    title: 'Offers and news',
    titles: { de: 'Angebote und Neuigkeiten', pt: 'Ofertas e novidades' },
    basis: 'consent',
    builtIn: true,
  },
  {
    name: 'transactional',
    title: 'Orders and account',
    titles: { de: 'Bestellungen und Konto', pt: 'Encomendas e conta' },
    basis: 'none',
    builtIn: true,
  },
  {
    name: 'tracking',
    title: 'Seeing whether mails are read',
    titles: { de: 'Sehen, ob Nachrichten gelesen werden', pt: 'Ver se as mensagens são lidas' },
    basis: 'optOut',
    builtIn: true,
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
    for (const { _id: name, updatedAt: _, ...purpose } of stored) known.set(name, { name, ...purpose, builtIn: false });
    return [...known.values()].sort((x, y) => (x.name < y.name ? -1 : 1));
  }

  async basisOf(name: string): Promise<Basis> {
    const stored = await this.collection.findOne({ _id: name }, { projection: { basis: 1 } });
    return stored?.basis ?? builtIn.find((purpose) => purpose.name === name)?.basis ?? 'consent';
  }

  async put(
    name: string,
    { title, description, titles, basis }: PurposeFields,
    session?: ClientSession,
  ): Promise<Purpose> {
    const fields = { title, basis, ...(description !== undefined && { description }), ...(titles && { titles }) };
    const known = await this.collection.findOne({ _id: name }, { projection: { _id: 1 } });
    if (!known && (await this.collection.estimatedDocumentCount()) >= mostPurposes)
      throw new MillraceError('conflict', `There are ${mostPurposes} purposes already. Remove one first.`);
    await this.collection.replaceOne({ _id: name }, { ...fields, updatedAt: new Date() }, { upsert: true, session });
    return { name, ...fields, builtIn: false };
  }

  /** A built-in one is what it was at first again. Throws `not_found`. */
  async remove(name: string, { force = false }: { force?: boolean } = {}, session?: ClientSession): Promise<void> {
    if (!force) await this.uses.refuse(name);
    const { deletedCount } = await this.collection.deleteOne({ _id: name }, { session });
    if (deletedCount === 0)
      throw new MillraceError('not_found', `No purpose "${name}" is stored. GET /api/purposes lists them.`);
  }
}
