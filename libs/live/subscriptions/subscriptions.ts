import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { KeyHolder } from '#access';
import { Audiences, Membership, Profiles, sightOf } from '#profiles';
import { Runs } from '#sync';
import type { ClientMessage } from '../protocol/index.ts';
import { AudienceSubscription } from './audience-subscription.ts';
import { ProfileSubscription } from './profile-subscription.ts';
import { RunSubscription } from './run-subscription.ts';
import type { Subscription } from './subscription.ts';

export type Subscribe = Extract<ClientMessage, { type: 'subscribe' }>;

/** Makes subscriptions of what clients ask for, as their role allows. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly profiles: Profiles,
    private readonly audiences: Audiences,
    private readonly membership: Membership,
    private readonly runs: Runs,
  ) {}

  /** Throws `not_found`, `profile_not_found`, `invalid_identity`, `bad_request`. */
  async make(wanted: Subscribe, holder: KeyHolder): Promise<Subscription & { position?: string }> {
    switch (wanted.to) {
      case 'profile':
        return new ProfileSubscription(wanted.id, this.profiles, sightOf(holder), await this.#profileOf(wanted));
      case 'run':
        await this.runs.get(wanted.run);
        return new RunSubscription(wanted.id, this.runs, wanted.run);
      case 'audience':
        await this.audiences.get(wanted.audience);
        return this.#audience(wanted);
    }
  }

  async #audience({ id, audience, after }: Extract<Subscribe, { to: 'audience' }>): Promise<AudienceSubscription> {
    const from = after ?? (await this.membership.now());
    const subscription = new AudienceSubscription(id, this.membership, audience, from);
    if (after === undefined) await subscription.skipPast();
    return subscription;
  }

  async #profileOf({ profile, identity }: Extract<Subscribe, { to: 'profile' }>): Promise<string> {
    if ((profile === undefined) === (identity === undefined))
      throw new MillraceError('bad_request', 'Say whom: either `profile` (an id), or `identity`.');
    const found = identity === undefined ? this.profiles.get(profile ?? '') : this.profiles.lookup(identity);
    return (await found).id;
  }
}
