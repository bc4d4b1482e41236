import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Remembered, VersionedSetting, type StoredSetting } from '#platform';
import {
  defaultIdentityPolicy,
  identityRules,
  Likeness,
  type HeldReading,
  type IdentityKey,
  type IdentityPolicy,
} from '../identity/index.ts';
import { heldReadings } from './held-readings.ts';
import { profileSettingModel } from './profile-setting.schema.ts';
import { priorityFrom, type ProfileRules, type SourcePriorities } from './profile-rules.ts';

/** Milliseconds until every process goes by a new revision. */
export const settingsLag = 2_000;

interface Compiled {
  rules: ProfileRules;
  revisions: string;
}

/** What operators decide about people at run time: the identity policy and the sources' priorities. */
@Injectable()
export class ProfileSettings {
  readonly identityPolicy: VersionedSetting<IdentityPolicy>;
  readonly sourcePriorities: VersionedSetting<SourcePriorities>;
  private readonly current = new Remembered(settingsLag, () => this.read());
  private compiled?: Compiled;
  private held?: { readings: HeldReading[]; revision: number };

  constructor(@InjectModel(profileSettingModel) model: Model<StoredSetting>) {
    this.identityPolicy = new VersionedSetting(model, 'identity-policy', defaultIdentityPolicy);
    this.sourcePriorities = new VersionedSetting<SourcePriorities>(model, 'source-priorities', {});
  }

  /** Read at most every two seconds, and compiled only when a revision is new. Whoever writes a page asks once for it. */
  rules(): Promise<ProfileRules> {
    return this.current.get();
  }

  /** This process goes by what was just set at once. */
  forget(): void {
    this.current.forget();
  }

  /**
   * As whom else identities may have been stored, by all policies that ever held; undefined where nobody is read otherwise than they are written. Asked anew each
   * time: a policy counts from the moment it is set, also where this process does not go by it yet.
   */
  async likenessOf(identities: readonly IdentityKey[]): Promise<Likeness | undefined> {
    const revision = await this.identityPolicy.latestNumber();
    if (this.held?.revision !== revision) {
      const all = await this.identityPolicy.all();
      this.held = { readings: heldReadings(all), revision: all.at(-1)?.revision ?? 0 };
    }
    const { readings } = this.held;
    return readings.length === 0 ? undefined : new Likeness(identities, readings);
  }

  private async read(): Promise<ProfileRules> {
    const [policy, priorities] = await Promise.all([this.identityPolicy.latest(), this.sourcePriorities.latest()]);
    const revisions = `${policy.revision}/${priorities.revision}`;
    if (this.compiled?.revisions !== revisions) {
      const rules = { identities: identityRules(policy.value), priorityOf: priorityFrom(priorities.value) };
      this.compiled = { rules, revisions };
    }
    return this.compiled.rules;
  }
}
