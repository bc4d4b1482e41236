import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { carryOn, type CarryOnOptions, type WorkEnd } from '#platform';
import { foldParts, type Part } from '../folding/index.ts';
import { foldDocuments, nativeCollection, ProfileStore, type Collection, type StoredProfile } from '../store/index.ts';
import { nameOf } from '../writer/index.ts';
import { settingsKnownWithin } from './sensitive-traits.ts';
import { TraitSeal } from './trait-seal.ts';
import { traitSealingModel, type TraitSealing } from './trait-sealing.schema.ts';

const atATime = 200;
/** A page that was read before a setting changed is written by then, almost surely; what is not is found by the data map's look at all profiles. */
const slowestWrite = 15_000;

/** Rewrites stored parts when a trait became sensitive, or is no more so: page by page, resumed by any process. */
@Injectable()
export class TraitSealer {
  private readonly sealings: Collection<TraitSealing>;

  constructor(
    @InjectModel(traitSealingModel) sealings: Model<TraitSealing>,
    private readonly store: ProfileStore,
    private readonly seal: TraitSeal,
  ) {
    this.sealings = nativeCollection<TraitSealing>(sealings);
  }

  /** Begins anew, whatever was under way for this trait. */
  async begin(name: string, seal: boolean): Promise<void> {
    const now = Date.now();
    const notBefore = new Date(now + settingsKnownWithin + slowestWrite);
    const sealing = { seal, notBefore, looked: 0, rewritten: 0, startedAt: new Date(now) };
    await this.sealings.replaceOne({ _id: name }, sealing, { upsert: true });
  }

  async find(names: string[]): Promise<Map<string, TraitSealing>> {
    const found = await this.sealings.find({ _id: { $in: names } }).toArray();
    return new Map(found.map((sealing) => [sealing._id, sealing]));
  }

  /** Does what is due, as far as no other process is at it. */
  async carryOnDue(options: CarryOnOptions = {}): Promise<void> {
    const due = await this.sealings
      .find({ endedAt: { $exists: false }, notBefore: { $lte: new Date() } }, { projection: { _id: 1 } })
      .toArray();
    for (const { _id } of due) await this.carryOn(_id, options);
  }

  carryOn(name: string, options: CarryOnOptions = {}): Promise<WorkEnd> {
    return carryOn(this.sealings, name, (sealing) => this.step(sealing), options);
  }

  private async step({ _id: name, seal, position, looked, rewritten }: TraitSealing): Promise<Partial<TraitSealing>> {
    const page = await this.store.profiles
      .find(position === undefined ? {} : { _id: { $gt: position } }, { sort: { _id: 1 }, limit: atATime })
      .toArray();
    const rewrite = (profile: StoredProfile | undefined): StoredProfile | undefined =>
      profile && this.rewritten(profile, name, seal);
    const wanted = page.filter((profile) => rewrite(profile)).map(({ _id }) => _id);
    const lost = await foldDocuments(this.store.profiles, wanted, (_, profile) => rewrite(profile));
    const last = page.at(-1);
    return {
      looked: looked + page.length,
      rewritten: rewritten + wanted.length - lost.size,
      // Whoever lost every race is looked at again.
      ...(lost.size > 0 ? {} : page.length < atATime || !last ? { endedAt: new Date() } : { position: last._id }),
    };
  }

  /** Undefined: it is right as it is. It says nothing new, so `updatedAt` stays. */
  private rewritten(profile: StoredProfile, name: string, seal: boolean): StoredProfile | undefined {
    let changed = false;
    const parts = profile.parts.map((part): Part => {
      if (!Object.hasOwn(part.t, name)) return part;
      const after = seal ? this.seal.sealPart(part, [name]) : this.seal.openPart(part, [name]);
      changed ||= after.t[name] !== part.t[name];
      return after.t[name] === part.t[name] ? part : after;
    });
    if (!changed) return undefined;
    const { name: _, ...rest } = profile;
    return { ...rest, v: profile.v + 1, parts, ...nameOf(foldParts(parts).traits) };
  }
}
