import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Remembered } from '#platform';
import type { Part, Traits } from '../folding/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';
import { TraitSeal } from './trait-seal.ts';
import { traitSealingModel, type TraitSealing } from './trait-sealing.schema.ts';
import { traitSettingModel, type TraitSetting } from './trait-setting.schema.ts';

/** Milliseconds after which every process knows of a changed setting. */
export const settingsKnownWithin = 5_000;

/** What stands in place of a sensitive value: equally long whatever it is. */
export const mask = '•••••';

interface Names {
  /** Sealed when they are written, masked when they are shown. */
  sensitive: ReadonlySet<string>;
  /** Of which values may be stored sealed. */
  sealed: ReadonlySet<string>;
}

/** Sealing and masking of sensitive traits. Where no trait is sensitive, it costs one look at an empty set. */
@Injectable()
export class SensitiveTraits {
  private readonly settings: Collection<TraitSetting>;
  private readonly sealings: Collection<TraitSealing>;
  private readonly remembered = new Remembered(settingsKnownWithin, () => this.read());

  constructor(
    @InjectModel(traitSettingModel) settings: Model<TraitSetting>,
    @InjectModel(traitSealingModel) sealings: Model<TraitSealing>,
    private readonly seal: TraitSeal,
  ) {
    this.settings = nativeCollection<TraitSetting>(settings);
    this.sealings = nativeCollection<TraitSealing>(sealings);
  }

  /** The settings were changed here: they are read again. */
  forget(): void {
    this.remembered.forget();
  }

  /** Rows as they may be stored. */
  async sealRows<R extends { part: Part }>(rows: R[]): Promise<R[]> {
    const { sensitive } = await this.remembered.get();
    if (sensitive.size === 0) return rows;
    return rows.map((row) => {
      const part = this.seal.sealPart(row.part, sensitive);
      return part === row.part ? row : { ...row, part };
    });
  }

  /** Gives traits as they were before sealing: for those who may see them, and for destinations. */
  async opener(): Promise<(traits: Traits) => Traits> {
    const { sealed } = await this.remembered.get();
    return sealed.size === 0 ? (traits) => traits : (traits) => this.seal.openTraits(traits, sealed);
  }

  /** Gives traits with a mask in place of each sensitive value, and the names of these. */
  async masker(): Promise<(traits: Traits) => { traits: Traits; masked: string[] }> {
    const { sensitive } = await this.remembered.get();
    const open = await this.opener();
    return (stored) => {
      const masked = [...sensitive].filter((name) => Object.hasOwn(stored, name)).sort();
      const hidden = Object.fromEntries(masked.map((name) => [name, mask]));
      return { traits: open({ ...stored, ...hidden }), masked };
    };
  }

  /** Of the traits that are sensitive. */
  async names(): Promise<string[]> {
    return [...(await this.remembered.get()).sensitive];
  }

  /** Tells which traits are sensitive. */
  async judge(): Promise<(name: string) => boolean> {
    const { sensitive } = await this.remembered.get();
    return (name) => sensitive.has(name);
  }

  private async read(): Promise<Names> {
    const [settings, sealings] = await Promise.all([
      this.settings.find({ sensitive: true }, { projection: { _id: 1 } }).toArray(),
      this.sealings.find({}, { projection: { _id: 1, seal: 1, endedAt: 1 } }).toArray(),
    ]);
    const sensitive = new Set(settings.map(({ _id }) => _id));
    const opening = sealings.filter(({ seal, endedAt }) => seal || !endedAt).map(({ _id }) => _id);
    return { sensitive, sealed: new Set([...sensitive, ...opening]) };
  }
}
