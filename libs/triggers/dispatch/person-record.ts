import { Injectable } from '@nestjs/common';
import type { Json, Row } from '@millrace/sdk';
import { identitiesByKind, Profiles, SensitiveTraits, type Cause, type ProfileView, type Sight } from '#profiles';
import { openedCause } from '../watch/index.ts';

/** What an action is told: the person as it is now, and why. */
export interface PersonRecord extends Row {
  id: string;
  traits: Record<string, Json>;
  computed: Record<string, Json>;
  identities: Record<string, string | string[]>;
  audiences: string[];
  cause: Row;
}

/** People as webhooks and mappings see them. */
@Injectable()
export class PersonRecords {
  constructor(
    private readonly profiles: Profiles,
    private readonly sensitive: SensitiveTraits,
  ) {}

  /** Throws `profile_not_found`. */
  profile(id: string): Promise<ProfileView> {
    return this.profiles.get(id);
  }

  /** By identity or id. Throws `invalid_identity`, `profile_not_found`. */
  async find(identity: string): Promise<ProfileView> {
    return (await this.profiles.person(identity)).profile;
  }

  /** `masked`: sensitive traits are masked. Throws `profile_not_found`. */
  async of(profile: string, cause: Cause, sight: Sight): Promise<PersonRecord> {
    const { id, traits, computed, identities, audiences } = await this.profiles.get(profile, undefined, sight);
    return {
      ...{ id, traits, computed, audiences },
      identities: identitiesByKind(identities.map(({ key }) => key)),
      cause: await this.#cause(cause, sight),
    };
  }

  async #cause(cause: Cause, sight: Sight): Promise<Row> {
    const at = cause.at.toISOString();
    if (cause.kind === 'event') return { kind: 'event', event: cause.name, at, properties: cause.properties };
    if (cause.kind === 'audience')
      return { kind: 'audience', audience: cause.audience, change: cause.entered ? 'entered' : 'left', at };
    const masker = await this.sensitive.masker();
    const open =
      sight === 'unmasked' ? await this.sensitive.opener() : (traits: ProfileView['traits']) => masker(traits).traits;
    const { trait, from = null, to = null } = openedCause(cause, open);
    return { kind: 'trait', trait, from, to, at };
  }
}
