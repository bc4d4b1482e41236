import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import {
  againIfOvertaken,
  canonicalJson,
  Overtaken,
  plainCollection,
  putRevision,
  refuseStale,
  revisionOf,
  type Putting,
} from '#platform';
import { trackingSettingsModel, type StoredTrackingSettings } from './tracking-settings.schema.ts';

export type TrackingRules = Pick<StoredTrackingSettings, 'hosts' | 'days' | 'keepVisitors'>;

export interface TrackingSettingsView extends TrackingRules {
  /** 0: the defaults. */
  revision: number;
  updatedAt?: string;
}

const id = 'tracking';
const usual: TrackingSettingsView = { hosts: [], days: 400, keepVisitors: false, revision: 0 };

/** What operators say of tracked mails. Read whenever it counts: a host that was taken away is refused at once. */
@Injectable()
export class TrackingSettings {
  private readonly collection: mongo.Collection<StoredTrackingSettings>;

  constructor(@InjectModel(trackingSettingsModel) model: Model<StoredTrackingSettings>) {
    this.collection = plainCollection<StoredTrackingSettings>(model);
  }

  async get(): Promise<TrackingSettingsView> {
    const stored = await this.collection.findOne({ _id: id });
    if (!stored) return { ...usual };
    return viewOf(stored);
  }

  /** The same again changes nothing. Throws `conflict`. */
  put(rules: TrackingRules, { madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<TrackingSettingsView> {
    return againIfOvertaken(() => this.#putOnce(rules, madeFrom));
  }

  /** Throws what `put` would throw; stores nothing. */
  async rehearsePut({ madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<void> {
    refuseStale('setting', await this.get(), madeFrom);
  }

  async #putOnce(
    { hosts, days, keepVisitors }: TrackingRules,
    madeFrom: number | undefined,
  ): Promise<TrackingSettingsView> {
    const present = await this.get();
    refuseStale('setting', present, madeFrom);
    const { revision: seen, updatedAt, ...said } = present;
    const rules = { hosts: [...new Set(hosts)], days, keepVisitors };
    if (updatedAt !== undefined && canonicalJson(said) === canonicalJson(rules)) return present;
    const next: StoredTrackingSettings = { _id: id, ...rules, revision: seen + 1, updatedAt: new Date() };
    if (await putRevision(this.collection, next, seen)) return viewOf(next);
    throw new Overtaken('Somebody else changed these settings meanwhile: read them again, then change them.');
  }
}

function viewOf(stored: StoredTrackingSettings): TrackingSettingsView {
  const { hosts, days, keepVisitors, updatedAt } = stored;
  return { hosts, days, keepVisitors, revision: revisionOf(stored), updatedAt: updatedAt.toISOString() };
}
