import { contentHash, withComposedNames } from '#platform';
import type { Json } from '@millrace/sdk';
import { blockContentOf, type BlockSource, type NewBlock, type StoredBlock } from '../blocks/index.ts';
import type { ContentSource, TemplateParts } from '../compose/index.ts';
import type { FeedContent, OpenFeeds } from '../feeds/index.ts';
import { blockNamesIn } from '../prepare/index.ts';
import { defaultContentRules } from '../settings/index.ts';
import { canonicalLocale, localeChain, textsFrom, type FoundTexts, type Table, type Texts } from '../strings/index.ts';

/** Content that is in hand instead of on a server. */
export interface GivenContent {
  /** By slug, as all else. */
  templates: Record<string, TemplateParts>;
  blocks?: Record<string, NewBlock>;
  /** By locale. */
  strings?: Record<string, Texts>;
  /** What each feed says. */
  feeds?: Record<string, Json>;
  /** Default `en`. */
  defaultLocale?: string;
}

/** Gives strings and feeds as the server would, without time passing. */
export class GivenSource implements ContentSource {
  readonly #tables: Map<string, ReadonlyMap<string, string>>;

  constructor(private readonly content: GivenContent) {
    const { strings = {} } = content;
    this.#tables = new Map(
      Object.entries(strings).map(([locale, texts]) => [canonicalLocale(locale), new Map(Object.entries(texts))]),
    );
  }

  defaultLocale(): Promise<string> {
    return Promise.resolve(canonicalLocale(this.content.defaultLocale ?? defaultContentRules.defaultLocale));
  }

  texts(locale: string, keys: readonly string[], defaultLocale: string): Promise<FoundTexts> {
    const tables = localeChain(locale, defaultLocale).flatMap((one): Table[] => {
      const table = this.#tables.get(one);
      return table ? [[one, table]] : [];
    });
    return Promise.resolve(textsFrom(locale, tables, keys));
  }

  feeds(slugs: string[]): Promise<OpenFeeds> {
    return Promise.resolve({ shared: slugs.map((slug) => this.#feed(slug)), of: () => Promise.resolve([]) });
  }

  #feed(slug: string): FeedContent {
    const value = this.content.feeds?.[slug];
    if (value !== undefined) return { slug, value: withComposedNames(value), hash: contentHash(value), state: 'fresh' };
    return {
      slug,
      value: null,
      hash: contentHash(null),
      state: 'missing',
      problem: `Nothing is given for the feed "${slug}".`,
    };
  }
}

/** Gives blocks as the server would; each is a draft. */
export class GivenBlocks implements BlockSource {
  readonly #blocks: StoredBlock[];

  constructor(blocks: Record<string, NewBlock> = {}) {
    this.#blocks = Object.entries(blocks).map(([slug, block]) => {
      const content = blockContentOf(block);
      const sources = [content.source, ...content.variants.map(({ source }) => source)];
      const [hash, uses, at] = [contentHash(content), blockNamesIn(sources), new Date(0)];
      const draft = { _id: slug, name: block.name, content, hash, blocks: uses, paths: [] };
      return { ...draft, revision: 1, published: 0, createdAt: at, updatedAt: at };
    });
  }

  findAll(slugs: string[]): Promise<StoredBlock[]> {
    return Promise.resolve(this.#blocks.filter(({ _id }) => slugs.includes(_id)));
  }

  slugs(): Promise<string[]> {
    return Promise.resolve(this.#blocks.map(({ _id }) => _id).sort());
  }

  versionsById(): Promise<[]> {
    return Promise.resolve([]);
  }
}
