import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { Mentions, Templates } from '#content';
import type { UsedBy } from '#platform';
import { Audiences, ComputedTraits, Purposes } from '#profiles';
import { SyncSurvey } from '#sync';

const atATime = 500;

/** Asks content and syncs before what they use of the profile store is removed. */
@Injectable()
export class UseGuards implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly computedTraits: ComputedTraits,
    private readonly purposes: Purposes,
    private readonly mentions: Mentions,
    private readonly syncs: SyncSurvey,
    private readonly templates: Templates,
    private readonly connections: Connections,
  ) {}

  onModuleInit(): void {
    this.audiences.uses.ask((slug) => this.#syncsOf(`audience:${slug}`));
    this.audiences.uses.ask((slug) => this.mentions.ofAudience(slug));
    this.computedTraits.uses.ask((trait) => this.mentions.ofComputedTrait(trait));
    this.purposes.uses.ask((purpose) => this.mentions.ofPurpose(purpose));
    this.templates.uses.ask((template) => this.#exportsOf(template));
  }

  /** Connections whose streams are the mails of a template. */
  async #exportsOf(ref: string): Promise<UsedBy[]> {
    const { id, slug } = await this.templates.get(ref);
    const found: UsedBy[] = [];
    for (let after: string | undefined; ;) {
      const { data, next } = await this.connections.list({ connector: 'mails', after, limit: 100 });
      const using = data.filter(({ config }) => config.template === id || config.template === slug);
      found.push(...using.map((one) => ({ kind: 'connection', id: one.slug ?? one.id, name: one.name })));
      if (next === null) return found;
      after = next;
    }
  }

  async #syncsOf(stream: string): Promise<UsedBy[]> {
    const found: UsedBy[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.syncs.page(after, atATime);
      const using = page.filter(({ from }) => from.connection === 'profiles' && from.stream === stream);
      found.push(...using.map(({ _id, slug, name }) => ({ kind: 'sync', id: slug ?? _id, name })));
      if (page.length < atATime) return found;
      after = page.at(-1)?._id;
    }
  }
}
