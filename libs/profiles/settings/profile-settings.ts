import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { VersionedSetting, type StoredSetting } from '#platform';
import { defaultIdentityPolicy, identityRules, type IdentityPolicy } from '../identity/index.ts';
import { profileSettingModel } from './profile-setting.schema.ts';
import { priorityFrom, type ProfileRules, type SourcePriorities } from './profile-rules.ts';

/** Milliseconds until every process goes by a new revision. */
export const settingsLag = 2_000;

interface Pinned {
  rules: ProfileRules;
  revisions: string;
  until: number;
}

/** What operators decide about people at run time: the identity policy and the sources' priorities. */
@Injectable()
export class ProfileSettings {
  readonly identityPolicy: VersionedSetting<IdentityPolicy>;
  readonly sourcePriorities: VersionedSetting<SourcePriorities>;
  private pinned?: Pinned;

  constructor(@InjectModel(profileSettingModel) model: Model<StoredSetting>) {
    this.identityPolicy = new VersionedSetting(model, 'identity-policy', defaultIdentityPolicy);
    this.sourcePriorities = new VersionedSetting<SourcePriorities>(model, 'source-priorities', {});
  }

  /** Read at most every two seconds, and compiled only when a revision is new. Whoever writes a page asks once for it. */
  async rules(): Promise<ProfileRules> {
    if (this.pinned && Date.now() < this.pinned.until) return this.pinned.rules;
    const [policy, priorities] = await Promise.all([this.identityPolicy.latest(), this.sourcePriorities.latest()]);
    const revisions = `${policy.revision}/${priorities.revision}`;
    const rules =
      this.pinned?.revisions === revisions
        ? this.pinned.rules
        : { identities: identityRules(policy.value), priorityOf: priorityFrom(priorities.value) };
    this.pinned = { rules, revisions, until: Date.now() + settingsLag };
    return rules;
  }

  /** This process goes by what was just set at once. */
  forget(): void {
    this.pinned = undefined;
  }
}
