import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Remembered, VersionedSetting, type Revision, type StoredSetting } from '#platform';
import { canonicalLocale } from '../strings/index.ts';
import { contentSettingModel } from './content-setting.schema.ts';

/** What holds for all mails. */
export interface ContentRules {
  /** BCP 47: what mails are written in when nobody says, and whose strings stand in for those that a language lacks. */
  defaultLocale: string;
}

export const defaultContentRules: ContentRules = { defaultLocale: 'en' };

/** Milliseconds until every process goes by a new revision. */
const settingsLag = 2000;

/** What marketers decide about all mails at run time. */
@Injectable()
export class ContentSettings {
  readonly #rules: VersionedSetting<ContentRules>;
  readonly #current = new Remembered(settingsLag, async () => (await this.#rules.latest()).value);

  constructor(@InjectModel(contentSettingModel) model: Model<StoredSetting>) {
    this.#rules = new VersionedSetting(model, 'rules', defaultContentRules);
  }

  latest(): Promise<Revision<ContentRules>> {
    return this.#rules.latest();
  }

  /** Read at most every two seconds. */
  rules(): Promise<ContentRules> {
    return this.#current.get();
  }

  /** Throws what `set` would throw; stores nothing. */
  async rehearseSet({ defaultLocale }: ContentRules, expected?: number): Promise<void> {
    canonicalLocale(defaultLocale);
    await this.#rules.refuseStale(expected);
  }

  /**
   * The same again changes nothing.
   * @param expected the revision that was read (default: any)
   * @throws MillraceError `bad_request`, `conflict`
   */
  async set({ defaultLocale }: ContentRules, by: string, expected?: number): Promise<Revision<ContentRules>> {
    const { after } = await this.#rules.set({ defaultLocale: canonicalLocale(defaultLocale) }, by, expected);
    this.#current.forget();
    return after;
  }
}
