import { Inject, Injectable } from '@nestjs/common';
import { Feeds, type OpenFeeds } from '../feeds/index.ts';
import { ContentSettings } from '../settings/index.ts';
import { Strings, type FoundTexts } from '../strings/index.ts';

/** What a mail takes from elsewhere than its template and its person. */
export interface ContentSource {
  /** BCP 47: what mails are written in when nobody says. */
  defaultLocale(): Promise<string>;
  /** The texts of keys in a locale, or in what stands in for it. What no locale has is absent. */
  texts(locale: string, keys: readonly string[], defaultLocale: string): Promise<FoundTexts>;
  feeds(slugs: string[]): Promise<OpenFeeds>;
}

/** Nest token. */
export const CONTENT_SOURCE = Symbol('CONTENT_SOURCE');

export const InjectContentSource = () => Inject(CONTENT_SOURCE);

/** What is stored on the server. */
@Injectable()
export class StoredContent implements ContentSource {
  constructor(
    private readonly stored: Feeds,
    private readonly strings: Strings,
    private readonly settings: ContentSettings,
  ) {}

  async defaultLocale(): Promise<string> {
    return (await this.settings.rules()).defaultLocale;
  }

  texts(locale: string, keys: readonly string[], defaultLocale: string): Promise<FoundTexts> {
    return this.strings.texts(locale, keys, defaultLocale);
  }

  feeds(slugs: string[]): Promise<OpenFeeds> {
    return this.stored.open(slugs);
  }
}
