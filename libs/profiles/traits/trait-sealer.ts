import { Inject, Injectable, Optional } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { carryOn, type CarryOnOptions, type WorkEnd } from '#platform';
import { foldParts, nameOf, type Part, type PriorityOf } from '../folding/index.ts';
import { ProfileHistory } from '../history/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { foldDocuments, nativeCollection, ProfileStore, type Collection, type StoredProfile } from '../store/index.ts';
import { settingsKnownWithin } from './sensitive-traits.ts';
import { TRAIT_KEEPER, type TraitKeeper } from './trait-keeper.ts';
import { TraitSeal } from './trait-seal.ts';
import { traitSealingModel, type TraitSealing } from './trait-sealing.schema.ts';
import { traitSettingModel, type TraitSetting } from './trait-setting.schema.ts';

const atATime = 200;
/** A page that was read before a setting changed is written by then, almost surely; what is not is found by the data map's look at all profiles. */
const slowestWrite = 15_000;

/** Rewrites stored parts when a trait became sensitive, or is no more so: page by page, resumed by any process. */
@Injectable()
export class TraitSealer {
  private readonly sealings: Collection<TraitSealing>;
  private readonly wanted: Collection<TraitSetting>;

  constructor(
    @InjectModel(traitSealingModel) sealings: Model<TraitSealing>,
    @InjectModel(traitSettingModel) wanted: Model<TraitSetting>,
    private readonly store: ProfileStore,
    private readonly seal: TraitSeal,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
    @Optional() @Inject(TRAIT_KEEPER) private readonly elsewhere?: TraitKeeper,
  ) {
    this.sealings = nativeCollection<TraitSealing>(sealings);
    this.wanted = nativeCollection<TraitSetting>(wanted);
  }

  /** Begins anew, whatever was under way for this trait. */
  async begin(name: string, seal: boolean): Promise<void> {
    const goneBy = await this.elsewhere?.goesBy();
    const began = { phase: 'profiles' as const, looked: 0, rewritten: 0, startedAt: new Date() };
    const sealing = { seal, notBefore: whenKnown(), ...began, ...(goneBy !== undefined && { goneBy }) };
    await this.sealings.replaceOne({ _id: name }, sealing, { upsert: true });
  }

  async find(names: string[]): Promise<Map<string, TraitSealing>> {
    const found = await this.sealings.find({ _id: { $in: names } }).toArray();
    return new Map(found.map((sealing) => [sealing._id, sealing]));
  }

  /** Does what is due, as far as no other process is at it. */
  async carryOnDue(options: CarryOnOptions = {}): Promise<void> {
    await this.ensure();
    const due = await this.sealings
      .find({ endedAt: { $exists: false }, notBefore: { $lte: new Date() } }, { projection: { _id: 1 } })
      .toArray();
    for (const { _id } of due) await this.carryOn(_id, options);
  }

  carryOn(name: string, options: CarryOnOptions = {}): Promise<WorkEnd> {
    return carryOn(this.sealings, name, (sealing) => this.step(sealing), options);
  }

  /** Begins what settings ask for and nobody has begun: whoever changed them may have died, or been overtaken by somebody else, before. */
  private async ensure(): Promise<void> {
    const sealings = await this.sealings.find({}, { projection: { seal: 1 } }).toArray(); // first: settings are no older
    const wanted = await this.wanted.find({ sensitive: true }, { projection: { _id: 1 } }).toArray();
    const sealed = new Set(sealings.flatMap(({ _id, seal }) => (seal ? [_id] : [])));
    const sensitive = new Set(wanted.map(({ _id }) => _id));
    for (const name of sensitive) if (!sealed.has(name)) await this.begin(name, true);
    for (const name of sealed) if (!sensitive.has(name)) await this.begin(name, false);
    await this.reopenShort();
    if (sensitive.size > 0) await this.reopenMoved();
  }

  /** Goes on with what a former version ended before it had looked at what others keep. */
  private async reopenShort(): Promise<void> {
    await this.sealings.updateMany(
      { seal: true, phase: 'history', endedAt: { $exists: true } },
      { $set: { phase: 'elsewhere', position: '' }, $unset: { endedAt: '' } },
    );
  }

  /** Others who keep values find the sensitive ones elsewhere by now. */
  private async reopenMoved(): Promise<void> {
    const goneBy = await this.elsewhere?.goesBy();
    if (goneBy === undefined) return;
    await this.sealings.updateMany(
      { seal: true, endedAt: { $exists: true }, goneBy: { $ne: goneBy } },
      { $set: { phase: 'elsewhere', position: '', notBefore: whenKnown(), goneBy }, $unset: { endedAt: '' } },
    );
  }

  private step(sealing: TraitSealing): Promise<Partial<TraitSealing>> {
    switch (sealing.phase) {
      case 'profiles':
        return this.rewriteProfiles(sealing);
      case 'history':
        return this.rewriteHistory(sealing);
      case 'elsewhere':
        return this.rewriteElsewhere(sealing);
    }
  }

  private async rewriteProfiles(sealing: TraitSealing): Promise<Partial<TraitSealing>> {
    const { position, looked, rewritten } = sealing;
    const { priorityOf } = await this.settings.rules();
    const page = await this.store.profiles
      .find(position === undefined ? {} : { _id: { $gt: position } }, { sort: { _id: 1 }, limit: atATime })
      .toArray();
    const rewrite = (profile: StoredProfile | undefined): StoredProfile | undefined =>
      profile && this.rewritten(profile, sealing, priorityOf);
    const wanted = page.filter((profile) => rewrite(profile)).map(({ _id }) => _id);
    const lost = await foldDocuments(this.store.profiles, wanted, (_, profile) => rewrite(profile));
    const last = page.at(-1);
    return {
      looked: looked + page.length,
      rewritten: rewritten + wanted.length - lost.size,
      // Whoever lost every race is looked at again.
      ...(lost.size > 0
        ? {}
        : page.length < atATime || !last
          ? { phase: 'history' as const, position: '' }
          : { position: last._id }),
    };
  }

  /** Entries never change: nobody else writes them. */
  private async rewriteHistory(sealing: TraitSealing): Promise<Partial<TraitSealing>> {
    const { changes } = this.history;
    const page = await changes
      .find({ _id: { $gt: sealing.position ?? '' } }, { sort: { _id: 1 }, limit: atATime })
      .toArray();
    const operations = page.flatMap(({ _id, k, before, t }) => {
      const said = t && this.follow({ ...emptyPart, k, t }, sealing);
      const was = before && this.follow(before, sealing);
      if ((said?.t[sealing._id] ?? null) === (t?.[sealing._id] ?? null) && was === before) return [];
      return [{ updateOne: { filter: { _id }, update: { $set: { before: was, ...(said && { t: said.t }) } } } }];
    });
    if (operations.length > 0) await changes.bulkWrite(operations, { ordered: false });
    const last = page.at(-1);
    return last && page.length === atATime ? { position: last._id } : { phase: 'elsewhere', position: '' };
  }

  private async rewriteElsewhere({ position }: TraitSealing): Promise<Partial<TraitSealing>> {
    const end = await this.elsewhere?.follow(position);
    return end === undefined ? { endedAt: new Date() } : { position: end };
  }

  /** A part as it is to be stored; the same one, if it is already. */
  private follow(part: Part, { _id: name, seal }: TraitSealing): Part {
    const value = Object.hasOwn(part.t, name) ? part.t[name] : undefined;
    if (value === undefined || value === null) return part; // in history, null is "no longer said"
    const after = seal ? this.seal.sealPart(part, [name]) : this.seal.openPart(part, [name]);
    return after.t[name] === value ? part : after;
  }

  /** Undefined: it is right as it is. It says nothing new, so `updatedAt` stays. */
  private rewritten(profile: StoredProfile, sealing: TraitSealing, priorityOf: PriorityOf): StoredProfile | undefined {
    const parts = profile.parts.map((part) => this.follow(part, sealing));
    if (parts.every((part, index) => part === profile.parts[index])) return undefined;
    const { name: _, ...rest } = profile;
    return { ...rest, v: profile.v + 1, parts, ...nameOf(foldParts(parts, priorityOf).traits) };
  }
}

/** By when every process knows of what changes now. */
function whenKnown(): Date {
  return new Date(Date.now() + settingsKnownWithin + slowestWrite);
}

const emptyPart: Part = { k: '', t: {}, i: [], n: 0, a: 0, s: 0, b: '', h: '' };
