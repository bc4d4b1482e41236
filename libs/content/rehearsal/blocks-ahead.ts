import type { BlockSource, StoredBlock, StoredBlockVersion } from '../blocks/index.ts';

/** A block that is yet to be stored. */
export type BlockAhead = Pick<StoredBlock, '_id' | 'name' | 'content' | 'hash' | 'blocks' | 'paths'>;

/** The stored blocks as they will be once others are put, and published. */
export class BlocksAhead implements BlockSource {
  readonly #drafts = new Map<string, StoredBlock>();
  readonly #versions = new Map<string, StoredBlockVersion>();

  constructor(private readonly stored: BlockSource) {}

  async put(block: BlockAhead): Promise<void> {
    const now = new Date();
    const [known] = await this.findAll([block._id]);
    const { revision = 0, published = 0, createdAt = now } = known ?? {};
    this.#drafts.set(block._id, { ...block, revision: revision + 1, published, createdAt, updatedAt: now });
  }

  /** Of one that was put. */
  publish(slug: string): void {
    const draft = this.#drafts.get(slug);
    if (!draft) return;
    const { content, hash, blocks, updatedAt: publishedAt } = draft;
    const version = draft.published + 1;
    const publication = { block: slug, version, content, hash, blocks, publishedAt, publishedBy: '' };
    this.#versions.set(`${slug}:${version}`, { _id: `${slug}:${version}`, ...publication });
    this.#drafts.set(slug, { ...draft, published: version });
  }

  async findAll(slugs: string[]): Promise<StoredBlock[]> {
    const ahead = slugs.flatMap((slug) => this.#drafts.get(slug) ?? []);
    const others = slugs.filter((slug) => !this.#drafts.has(slug));
    return others.length === 0 ? ahead : [...ahead, ...(await this.stored.findAll(others))];
  }

  async slugs(): Promise<string[]> {
    return [...new Set([...(await this.stored.slugs()), ...this.#drafts.keys()])].sort();
  }

  async versionsById(ids: string[]): Promise<StoredBlockVersion[]> {
    const ahead = ids.flatMap((id) => this.#versions.get(id) ?? []);
    const others = ids.filter((id) => !this.#versions.has(id));
    return others.length === 0 ? ahead : [...ahead, ...(await this.stored.versionsById(others))];
  }
}
