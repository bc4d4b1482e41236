import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import {
  listOf,
  textAfter,
  contentHash,
  isDuplicate,
  refuseStale,
  RememberedByKey,
  Uses,
  type Removing,
  type List,
} from '#platform';
import { canonicalLocale } from './canonical-locale.ts';
import { localeChain } from './locale-chain.ts';
import { refuseUnreadable } from './readable.ts';
import { textsFrom, type FoundTexts, type Texts } from './texts.ts';
import { stringsModel, type StoredStrings } from './strings.schema.ts';

export interface StringsSummary {
  locale: string;
  count: number;
  revision: number;
  updatedAt: string;
}

export interface StringsView extends StringsSummary {
  texts: Texts;
}

/** Milliseconds for which a process may show strings that another one has changed. */
const rememberedMs = 2000;
/** Locales come from data. */
const mostLocales = 100;

/** Texts of mails by locale and key. */
@Injectable()
export class Strings {
  /** Asked before the strings of a locale are removed, and before one of them is, by its key. */
  readonly usesOfLocale = new Uses('locale');
  readonly usesOfKey = new Uses('string');
  readonly #tables = new RememberedByKey(rememberedMs, mostLocales, (locale) => this.#table(locale));

  constructor(@InjectModel(stringsModel) private readonly model: Model<StoredStrings>) {}

  /**
   * Makes a locale's strings what is given; the same again changes nothing.
   * @param madeFrom the revision that the change was made from; 0: it was not there; undefined: from any
   * @throws MillraceError `bad_request` for a text that is no ICU message, `conflict`; with `madeFrom`, `not_found`
   */
  async put(locale: string, texts: Texts, madeFrom?: number): Promise<{ view: StringsView; created: boolean }> {
    const _id = canonicalLocale(locale);
    await refuseUnreadable(texts);
    const { sorted, hash } = sortedTexts(texts);
    const known = await this.model.findById(_id).lean<StoredStrings>();
    if (!known && madeFrom) throw noStringsFor(locale);
    if (known) refuseStale('locale', known, madeFrom);
    if (known?.hash === hash) return { view: viewOf(known), created: false };
    const stored = await this.model
      .findOneAndUpdate(
        { _id, ...(madeFrom !== undefined && { revision: madeFrom }) },
        { $set: { texts: sorted, hash, updatedAt: new Date() }, $inc: { revision: 1 } },
        { upsert: !madeFrom, returnDocument: 'after' },
      )
      .lean<StoredStrings>()
      .catch((error: unknown) => {
        if (isDuplicate(error)) return null; // made by somebody else meanwhile
        throw error;
      });
    this.#tables.forget(_id);
    if (!stored)
      throw new MillraceError('conflict', 'Somebody else changed these strings at the same moment: try again.');
    return { view: viewOf(stored), created: !known };
  }

  /** Throws what is wrong with them; stores nothing. @throws MillraceError `bad_request` */
  async rehearsePut(locale: string, texts: Texts): Promise<void> {
    canonicalLocale(locale);
    await refuseUnreadable(texts);
  }

  /** @throws MillraceError `not_found` */
  async get(locale: string): Promise<StringsView> {
    const found = await this.model.findById(canonicalLocale(locale)).lean<StoredStrings>();
    if (found) return viewOf(found);
    throw noStringsFor(locale);
  }

  /** All of a locale. @throws MillraceError `not_found`, `in_use` unless `force` */
  async remove(locale: string, { force = false, rehearse = false }: Removing = {}): Promise<void> {
    const { locale: _id } = await this.get(locale);
    if (!force) await this.usesOfLocale.refuse(_id);
    if (rehearse) return;
    const { deletedCount } = await this.model.deleteOne({ _id });
    this.#tables.forget(_id);
    if (deletedCount === 0) throw noStringsFor(locale);
  }

  /** One string of a locale. @throws MillraceError `not_found`, `in_use` unless `force`, `conflict` */
  async removeKey(locale: string, key: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    const { locale: _id, texts, revision } = await this.get(locale);
    if (!Object.hasOwn(texts, key)) {
      const message = `There is no string "${key.slice(0, 100)}" for "${_id}". GET /api/strings/${_id} shows them.`;
      throw new MillraceError('not_found', message);
    }
    if (!force) await this.usesOfKey.refuse(key);
    const { [key]: _, ...kept } = texts;
    const { sorted, hash } = sortedTexts(kept);
    const change = { $set: { texts: sorted, hash, updatedAt: new Date() }, $inc: { revision: 1 } };
    const { matchedCount } = await this.model.updateOne({ _id, revision }, change);
    this.#tables.forget(_id);
    if (matchedCount === 1) return;
    throw new MillraceError('conflict', 'Somebody else changed these strings at the same moment: try again.');
  }

  /** SHA-256 of what keys say in all locales. */
  async hashOf(keys: readonly string[]): Promise<string> {
    if (keys.length === 0) return contentHash([]);
    const asked = { $in: ['$$this.key', { $literal: keys }] };
    const found = await this.model.aggregate<Pick<StoredStrings, '_id' | 'texts'>>([
      { $sort: { _id: 1 } },
      { $project: { texts: { $filter: { input: '$texts', cond: asked } } } },
    ]);
    const said = found.filter(({ texts }) => texts.length > 0);
    return contentHash(said.map(({ _id, texts }) => [_id, ...texts.map(({ key, text }) => [key, text])]));
  }

  /** By locale. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<List<StringsSummary>> {
    const position = textAfter(after);
    const found = await this.model
      .find(position === undefined ? {} : { _id: { $gt: position } })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<StoredStrings[]>();
    return listOf(found, limit, summaryOf, ({ _id }) => _id);
  }

  /** The texts of keys in a locale: of `pt-BR`, else of `pt`, else of the default one. What no locale has is absent. */
  async texts(locale: string, keys: readonly string[], defaultLocale: string): Promise<FoundTexts> {
    if (keys.length === 0) return { strings: {} };
    const chain = localeChain(locale, defaultLocale);
    const tables = await Promise.all(chain.map(async (one) => [one, await this.#tables.get(one)] as const));
    return textsFrom(locale, tables, keys);
  }

  async #table(locale: string): Promise<ReadonlyMap<string, string>> {
    const found = await this.model.findById(locale).lean<StoredStrings>();
    return new Map((found?.texts ?? []).map(({ key, text }) => [key, text]));
  }
}

function sortedTexts(texts: Texts): Pick<StoredStrings, 'hash'> & { sorted: StoredStrings['texts'] } {
  const sorted = Object.entries(texts)
    .map(([key, text]) => ({ key, text }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return { sorted, hash: contentHash(sorted) };
}

function noStringsFor(locale: string): MillraceError {
  const message = `There are no strings for "${locale.slice(0, 35)}". GET /api/strings lists the locales.`;
  return new MillraceError('not_found', message);
}

function summaryOf({ _id, texts, revision, updatedAt }: StoredStrings): StringsSummary {
  return { locale: _id, count: texts.length, revision, updatedAt: updatedAt.toISOString() };
}

function viewOf(stored: StoredStrings): StringsView {
  return { ...summaryOf(stored), texts: Object.fromEntries(stored.texts.map(({ key, text }) => [key, text])) };
}
