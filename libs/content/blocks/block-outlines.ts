import { Injectable } from '@nestjs/common';
import type { BlockOutline, BlockStage } from './block.ts';
import { BlockStore } from './block-store.ts';

/** All blocks in one state. */
export class OutlinedBlocks {
  readonly #blocks: ReadonlyMap<string, BlockOutline>;

  constructor(blocks: readonly BlockOutline[]) {
    this.#blocks = new Map(blocks.map((block) => [block.slug, block]));
  }

  get size(): number {
    return this.#blocks.size;
  }

  /** Each block that these lead to, with its state; null for one that is not there. Sorted. */
  stateOf(slugs: readonly string[]): [slug: string, state: string | null][] {
    const reached = new Map<string, string | null>();
    const wanted = [...slugs];
    for (let slug = wanted.pop(); slug !== undefined; slug = wanted.pop()) {
      if (reached.has(slug)) continue;
      const block = this.#blocks.get(slug);
      reached.set(slug, block?.state ?? null);
      if (block) wanted.push(...block.uses);
    }
    return [...reached].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Which blocks use which: small even where there are thousands. */
@Injectable()
export class BlockOutlines {
  constructor(private readonly store: BlockStore) {}

  async of(stage: BlockStage): Promise<OutlinedBlocks> {
    return new OutlinedBlocks(
      stage === 'draft' ? await this.store.draftOutlines() : await this.store.publishedOutlines(),
    );
  }
}
