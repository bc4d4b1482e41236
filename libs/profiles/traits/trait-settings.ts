import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import {
  againIfOvertaken,
  canonicalJson,
  composed,
  Overtaken,
  putRevision,
  refuseStale,
  revisionOf,
  Remembered,
  type Putting,
  type Removing,
} from '#platform';
import { checkTraitName } from '../folding/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';
import { SensitiveTraits, settingsKnownWithin } from './sensitive-traits.ts';
import { TraitSealer } from './trait-sealer.ts';
import type { TraitSealing } from './trait-sealing.schema.ts';
import { traitSettingModel, type TraitSetting } from './trait-setting.schema.ts';

const mostSettings = 5_000;

export type WantedSetting = Omit<TraitSetting, '_id' | 'revision' | 'createdAt' | 'updatedAt'>;

/** A setting, and how far the stored values follow it. */
export interface TraitSettingState {
  setting: TraitSetting;
  sealing?: TraitSealing;
}

/** What people say of traits. Whether one is sensitive decides how its values are stored. */
@Injectable()
export class TraitSettings {
  private readonly settings: Collection<TraitSetting>;
  private readonly limits = new Remembered(settingsKnownWithin, () => this.readLimits());

  constructor(
    @InjectModel(traitSettingModel) settings: Model<TraitSetting>,
    private readonly sealer: TraitSealer,
    private readonly sensitive: SensitiveTraits,
  ) {
    this.settings = nativeCollection<TraitSetting>(settings);
  }

  /** The same again changes nothing. Throws `invalid_trait`, `conflict`; `not_found` when it was removed since the change was made. */
  put(
    name: string,
    wanted: WantedSetting,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<{ state: TraitSettingState; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(composed(name), wanted, madeFrom));
  }

  /** Throws what `put` would throw; stores nothing. */
  async rehearsePut(name: string, { madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<void> {
    await this.present(composed(name), madeFrom);
  }

  private async putOnce(
    name: string,
    wanted: WantedSetting,
    madeFrom: number | undefined,
  ): Promise<{ state: TraitSettingState; created: boolean }> {
    const present = await this.present(name, madeFrom);
    if (present) return { state: await this.replace(present, wanted), created: false };
    const now = new Date();
    const setting: TraitSetting = { _id: name, ...wanted, revision: 1, createdAt: now, updatedAt: now };
    const { upsertedCount } = await this.settings.updateOne({ _id: name }, { $setOnInsert: setting }, { upsert: true });
    if (upsertedCount === 0) throw changedMeanwhile();
    this.limits.forget();
    if (wanted.sensitive) await this.follow(name, true);
    return { state: await this.stateOf(setting), created: true };
  }

  /** Throws `not_found`. */
  async get(name: string): Promise<TraitSettingState> {
    const setting = await this.settings.findOne({ _id: composed(name) });
    if (setting) return this.stateOf(setting);
    throw noSetting(name);
  }

  /** By name. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<TraitSettingState[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    const found = await this.settings.find(filter, { sort: { _id: 1 }, limit }).toArray();
    const sealings = await this.sealer.find(found.map(({ _id }) => _id));
    return found.map((setting) => ({ setting, sealing: sealings.get(setting._id) }));
  }

  async find(names: string[]): Promise<Map<string, TraitSetting>> {
    const found = await this.settings.find({ _id: { $in: names } }).toArray();
    return new Map(found.map((setting) => [setting._id, setting]));
  }

  /** All of them, at most 5,000. */
  async all(): Promise<Map<string, TraitSetting>> {
    const found = await this.settings.find({}, { sort: { _id: 1 }, limit: mostSettings }).toArray();
    return new Map(found.map((setting) => [setting._id, setting]));
  }

  /** By trait after how long its values are outdated, as in `90d`; of those that can be. */
  freshness(): Promise<ReadonlyMap<string, string>> {
    return this.limits.get();
  }

  /** Nothing is said of the trait any more; stored values are opened. Throws `not_found`. */
  async remove(name: string, { rehearse = false }: Pick<Removing, 'rehearse'> = {}): Promise<void> {
    if (rehearse) {
      await this.get(name);
      return;
    }
    const removed = await this.settings.findOneAndDelete({ _id: composed(name) });
    if (!removed) throw noSetting(name);
    this.limits.forget();
    if (removed.sensitive) await this.follow(removed._id, false);
  }

  /** What is to be changed. */
  private async present(name: string, madeFrom: number | undefined): Promise<TraitSetting | undefined> {
    checkTraitName(name);
    const present = await this.settings.findOne({ _id: name });
    if (present) refuseStale('setting', { revision: revisionOf(present) }, madeFrom);
    else if (madeFrom) throw noSetting(name);
    return present ?? undefined;
  }

  private async replace(present: TraitSetting, wanted: WantedSetting): Promise<TraitSettingState> {
    const { _id, revision: _, createdAt, updatedAt: __, ...before } = present;
    const revision = revisionOf(present);
    if (canonicalJson(before) === canonicalJson(wanted)) return this.stateOf(present);
    const setting: TraitSetting = { _id, ...wanted, revision: revision + 1, createdAt, updatedAt: new Date() };
    if (!(await putRevision(this.settings, setting, revision))) throw changedMeanwhile();
    this.limits.forget();
    if (present.sensitive !== wanted.sensitive) await this.follow(_id, wanted.sensitive);
    return this.stateOf(setting);
  }

  private async readLimits(): Promise<Map<string, string>> {
    const limited = { freshness: { $exists: true } };
    const found = await this.settings.find(limited, { projection: { freshness: 1 }, limit: mostSettings }).toArray();
    return new Map(found.flatMap(({ _id, freshness }) => (freshness === undefined ? [] : [[_id, freshness]])));
  }

  private async follow(name: string, seal: boolean): Promise<void> {
    await this.sealer.begin(name, seal);
    this.sensitive.forget();
  }

  private async stateOf(setting: TraitSetting): Promise<TraitSettingState> {
    return { setting, sealing: (await this.sealer.find([setting._id])).get(setting._id) };
  }
}

function noSetting(name: string): MillraceError {
  return new MillraceError(
    'not_found',
    `Nothing is said of a trait "${name.slice(0, 60)}". PUT /api/traits/{name} says something, GET /api/traits lists the settings, GET /api/data-map all traits.`,
  );
}

function changedMeanwhile(): Overtaken {
  return new Overtaken('The setting was changed by somebody else meanwhile. Read it again, then repeat.');
}
