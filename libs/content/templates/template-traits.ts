import { Injectable } from '@nestjs/common';
import { listOf, textAfter, type List } from '#platform';
import { UsedBlocks, type BlockVersion } from '../blocks/index.ts';
import { writtenParts } from '../compose/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import { TemplateStore } from './template-store.ts';
import type { StoredTemplate } from './template.schema.ts';
import { traitsRead } from './traits-read.ts';

export interface TemplateUse {
  id: string;
  slug?: string;
  name: string;
  /** Sorted. */
  traits: string[];
}

/** Which traits templates read. */
@Injectable()
export class TemplateTraits {
  constructor(
    private readonly store: TemplateStore,
    private readonly sandbox: Sandbox,
    private readonly used: UsedBlocks,
  ) {}

  /** Of the drafts, in their blocks too; by age of the templates. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<List<TemplateUse>> {
    const found = await this.store.page(textAfter(after), limit + 1);
    const uses: TemplateUse[] = [];
    for (const template of found.slice(0, limit)) uses.push(await this.#useOf(template));
    const { next } = listOf(
      found,
      limit,
      (template) => template,
      ({ _id }) => _id,
    );
    return { data: uses, next };
  }

  async #useOf({ _id: id, slug, name, parts, blocks = [] }: StoredTemplate): Promise<TemplateUse> {
    const used = await this.used.of(blocks, 'draft');
    const checked = await this.sandbox.check(writtenParts(parts).map((part) => ({ ...part, stored: true })));
    const ofBlocks = await Promise.all(used.map((block) => this.#rootPathsOf(block)));
    const traits = traitsRead([...checked.flatMap(({ rootPaths }) => rootPaths), ...ofBlocks.flat()]);
    return { id, ...(slug !== undefined && { slug }), name, traits };
  }

  /** Without its parameters. */
  async #rootPathsOf({ source, variants, params }: BlockVersion): Promise<string[]> {
    const sources = [source, ...variants.map((variant) => variant.source)];
    const parts = sources.map((text) => ({ name: 'source', source: text, html: true, stored: true }));
    const checked = await this.sandbox.check(parts);
    const own = new Set(params.map(({ name }) => name));
    return checked.flatMap(({ rootPaths }) => rootPaths.filter((path) => !own.has(path.split('.')[0] ?? '')));
  }
}
