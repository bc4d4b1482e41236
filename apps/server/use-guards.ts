import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { Mentions } from '#content';
import type { UsedBy } from '#platform';
import { Audiences, ComputedTraits, Purposes, saysAudience, saysComputedTrait } from '#profiles';
import { SyncSurvey, type SurveyedSync } from '#sync';

const atATime = 500;

/** Asks content, syncs and connections before what they use of the profile store is removed. */
@Injectable()
export class UseGuards implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly computedTraits: ComputedTraits,
    private readonly purposes: Purposes,
    private readonly mentions: Mentions,
    private readonly syncs: SyncSurvey,
    private readonly connections: Connections,
  ) {}

  onModuleInit(): void {
    this.audiences.uses.ask((slug) =>
      this.#syncsWhere((sync) => sync.from.stream === `audience:${slug}` || saysAudience(rulesOf(sync), slug)),
    );
    this.audiences.uses.ask((slug) => this.#mailsFor(slug));
    this.audiences.uses.ask((slug) => this.mentions.ofAudience(slug));
    this.computedTraits.uses.ask((trait) => this.#syncsWhere((sync) => saysComputedTrait(rulesOf(sync), trait)));
    this.computedTraits.uses.ask((trait) => this.mentions.ofComputedTrait(trait));
    this.purposes.uses.ask((purpose) => this.mentions.ofPurpose(purpose));
  }

  /** Of the syncs that read the profile store. */
  async #syncsWhere(uses: (sync: SurveyedSync) => boolean): Promise<UsedBy[]> {
    const found: UsedBy[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.syncs.page(after, atATime);
      const using = page.filter((sync) => sync.from.connection === 'profiles' && uses(sync));
      found.push(...using.map(({ _id, slug, name }) => ({ kind: 'sync', id: slug ?? _id, name })));
      if (page.length < atATime) return found;
      after = page.at(-1)?._id;
    }
  }

  /** Connections whose mails are composed for the audience. */
  async #mailsFor(audience: string): Promise<UsedBy[]> {
    const found: UsedBy[] = [];
    let after: string | undefined;
    do {
      const { data, next } = await this.connections.list({ connector: 'mails', after, limit: atATime });
      const using = data.filter(({ config }) => config.audience === audience);
      found.push(...using.map(({ id, slug, name }) => ({ kind: 'connection', id: slug ?? id, name })));
      after = next ?? undefined;
    } while (after !== undefined);
    return found;
  }
}

/** What is said of rows: which are wanted, and what becomes of them. */
function rulesOf({ filter, outputs }: SurveyedSync): string {
  return JSON.stringify({ filter, outputs });
}
