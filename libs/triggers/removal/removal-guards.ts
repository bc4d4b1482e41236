import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { refuseUsed } from '#platform';
import { Audiences, ComputedTraits, Purposes } from '#profiles';
import { Syncs } from '#sync';
import { TriggerUses } from './trigger-uses.ts';

/** Has triggers asked before what they use is removed. */
@Injectable()
export class RemovalGuards implements OnModuleInit {
  constructor(
    private readonly uses: TriggerUses,
    private readonly audiences: Audiences,
    private readonly computedTraits: ComputedTraits,
    private readonly purposes: Purposes,
    private readonly syncs: Syncs,
    private readonly connections: Connections,
  ) {}

  onModuleInit(): void {
    this.audiences.uses.ask((slug) => this.uses.ofAudience(slug));
    this.computedTraits.uses.ask((trait) => this.uses.ofComputedTrait(trait));
    this.purposes.uses.ask((purpose) => this.uses.ofPurpose(purpose));
    this.syncs.onRemove(async ({ _id, slug = _id }, { force }) => {
      if (!force) refuseUsed('sync', slug, await this.uses.ofSync([_id, slug]));
    });
    this.connections.onRemove(async (id, { force }) => {
      if (force) return undefined;
      const { slug = id } = await this.connections.get(id);
      refuseUsed('connection', slug, await this.uses.ofConnection([id, slug]));
      return undefined;
    });
  }
}
