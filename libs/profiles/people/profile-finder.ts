import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { derived } from '../folding/index.ts';
import { absorbedAt, heldAt, pastParts, ProfileHistory, type StoredMerge } from '../history/index.ts';
import { identitiesToTry, type IdentityKey } from '../identity/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { ProfileStore, type StoredProfile } from '../store/index.ts';

const longestChain = 20;
const mostMerges = 1_000;
const idPattern = /^p_[0-9A-Z]{26}$/;

export function isProfileId(text: string): boolean {
  return idPattern.test(text);
}

/** Finds profiles by id or identity, as they are or as they were at a moment. */
@Injectable()
export class ProfileFinder {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
  ) {}

  /** By id or identity. Throws `invalid_identity`, `profile_not_found`. */
  find(identityOrId: string): Promise<StoredProfile> {
    return isProfileId(identityOrId) ? this.byId(identityOrId) : this.byIdentity(identityOrId);
  }

  /** Follows merges: an absorbed profile's id gives the survivor. Throws `profile_not_found`. */
  async byId(id: string): Promise<StoredProfile> {
    const profile = isProfileId(id) ? await this.follow(id) : undefined;
    if (profile && profile.ids.length > 0) return profile;
    throw idUnknown();
  }

  /** Throws `invalid_identity`, `profile_not_found`. */
  async byIdentity(text: string): Promise<StoredProfile> {
    for (const key of await this.keysOf(text)) {
      const profile = await this.holderOf(key);
      // An identity may outlive what was said of it for a moment; only the profile is sure.
      if (profile?.ids.includes(key)) return profile;
    }
    throw identityUnknown();
  }

  /** Throws `profile_not_found` where there was nobody at that moment, and `history_expired`. */
  async byIdAt(id: string, moment: Date): Promise<StoredProfile> {
    const profile = isProfileId(id) ? await this.at(id, moment) : undefined;
    if (profile) return profile;
    throw idUnknown(moment);
  }

  /** Of identities that somebody has today. Throws as `byIdAt` does. */
  async byIdentityAt(text: string, moment: Date): Promise<StoredProfile> {
    for (const key of await this.keysOf(text)) {
      const holder = await this.holderOf(key);
      for (const id of holder ? [holder._id, ...(holder.absorbed ?? [])] : []) {
        const profile = await this.at(id, moment);
        if (profile?.ids.includes(key)) return profile;
      }
    }
    throw identityUnknown(moment);
  }

  /** A profile as it was; follows the merges of that time. Undefined: there was nobody. Throws `history_expired`. */
  async at(id: string, moment: Date): Promise<StoredProfile | undefined> {
    const { priorityOf } = await this.settings.rules();
    let next: string | undefined = id;
    for (let step = 0; next !== undefined && step < longestChain; step++) {
      const profile: StoredProfile | null = await this.store.profiles.findOne({ _id: next });
      if (!profile) return undefined;
      const merges = await this.mergesAround(profile._id);
      if (profile.createdAt <= moment) {
        if (profile.updatedAt > moment) await this.expectKept(moment);
        const { parts, v } = await pastParts(this.history.changes, profile, moment);
        const { ids, name } = derived(parts, priorityOf);
        if (ids.length > 0) {
          const { aud: _, measures: __, apart: ___, mergedInto: ____, ...kept } = profile;
          const updatedAt = profile.updatedAt > moment ? await this.changedBefore(profile, moment) : profile.updatedAt;
          return { ...kept, v, parts, ids, name, absorbed: absorbedAt(profile._id, merges, moment), updatedAt };
        }
      }
      next = merges.find((merge) => merge.absorbed === profile._id && heldAt(merge, moment))?.into;
    }
    return undefined;
  }

  private async expectKept(moment: Date): Promise<void> {
    const since = await this.history.since();
    if (since > moment) throw expired(since);
  }

  private async changedBefore({ _id, createdAt }: StoredProfile, moment: Date): Promise<Date> {
    const last = await this.history.changes.findOne(
      { p: _id, at: { $lte: moment } },
      { sort: { at: -1, _id: -1 }, projection: { at: 1 } },
    );
    return last?.at ?? createdAt;
  }

  /** Merges that lead into a profile, directly or through others, and its own end. */
  private async mergesAround(id: string): Promise<StoredMerge[]> {
    const { merges } = this.history;
    const all = await merges.find({ absorbed: id }, { limit: mostMerges }).toArray();
    const seen = new Set([id]);
    for (let ids = [id], step = 0; ids.length > 0 && step < longestChain; step++) {
      const found = await merges.find({ into: { $in: ids } }, { limit: mostMerges }).toArray();
      all.push(...found);
      ids = found.map(({ absorbed }) => absorbed).filter((other) => !seen.has(other));
      for (const other of ids) seen.add(other);
    }
    return all;
  }

  private async holderOf(key: IdentityKey): Promise<StoredProfile | undefined> {
    const owner = await this.store.identities.findOne({ _id: key });
    return owner ? this.follow(owner.p) : undefined;
  }

  private async keysOf(text: string): Promise<IdentityKey[]> {
    const { identities } = await this.settings.rules();
    return identitiesToTry(text, identities);
  }

  private async follow(id: string): Promise<StoredProfile | undefined> {
    let next: string | undefined = id;
    for (let step = 0; next !== undefined && step < longestChain; step++) {
      const profile: StoredProfile | null = await this.store.profiles.findOne({ _id: next });
      if (!profile?.mergedInto) return profile ?? undefined;
      next = profile.mergedInto;
    }
    return undefined;
  }
}

const thatMoment = (moment: Date | undefined): string =>
  moment ? ` There was nobody at that moment (${moment.toISOString()}).` : '';

function idUnknown(moment?: Date): MillraceError {
  return new MillraceError(
    'profile_not_found',
    `There is no profile with this id.${thatMoment(moment)} POST /api/profiles/lookup finds people by identity, GET /api/profiles lists them.`,
  );
}

function identityUnknown(moment?: Date): MillraceError {
  return new MillraceError(
    'profile_not_found',
    `Nobody has this identity.${thatMoment(moment)} Check it for typing errors, search with GET /api/profiles?q=, or run the sync that brings this person.`,
  );
}

function expired(since: Date): MillraceError {
  return new MillraceError(
    'history_expired',
    `What this person was then is not kept any more. Ask for a moment after ${since.toISOString()}; MILLRACE_PROFILE_HISTORY_DAYS and GET /api/privacy/retention say how long changes are kept.`,
  );
}
