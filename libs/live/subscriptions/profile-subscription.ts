import { MillraceError } from '@millrace/sdk';
import type { Profiles, ProfileView, Sight } from '#profiles';
import type { ServerMessage } from '../protocol/index.ts';
import type { Sighting, Subscription } from './subscription.ts';

/** A person's newest state: what lay between is left out. */
export class ProfileSubscription implements Subscription {
  profile: string;
  ended = false;
  #told?: number;

  constructor(
    readonly id: string,
    private readonly profiles: Profiles,
    private readonly sight: Sight,
    profile: string,
  ) {
    this.profile = profile;
  }

  async look({ versions }: Sighting): Promise<ServerMessage[]> {
    const version = versions.get(this.profile);
    if (version !== undefined && version === this.#told) return [];
    try {
      const data = await this.profiles.get(this.profile, undefined, this.sight);
      return this.#tell(data, version);
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'profile_not_found') throw error;
      this.ended = true;
      return [{ type: 'ended', id: this.id, code: error.code, message: 'Nothing is known of the person any more.' }];
    }
  }

  /** Who was merged into somebody else is followed as that one. */
  #tell(data: ProfileView, seen: number | undefined): ServerMessage[] {
    const moved = data.id !== this.profile;
    this.profile = data.id;
    this.#told = moved ? data.version : Math.min(seen ?? data.version, data.version);
    return [{ type: 'profile', id: this.id, data }];
  }
}
