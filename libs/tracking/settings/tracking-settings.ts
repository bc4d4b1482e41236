import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { trackingSettingsModel, type StoredTrackingSettings } from './tracking-settings.schema.ts';

export type TrackingSettingsView = Omit<StoredTrackingSettings, '_id' | 'updatedAt'> & { updatedAt?: string };

const id = 'tracking';
const usual = { hosts: [], days: 400, keepVisitors: false };

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
    const { hosts, days, keepVisitors, updatedAt } = stored;
    return { hosts, days, keepVisitors, updatedAt: updatedAt.toISOString() };
  }

  async put({ hosts, days, keepVisitors }: Omit<TrackingSettingsView, 'updatedAt'>): Promise<TrackingSettingsView> {
    const stored = { hosts: [...new Set(hosts)], days, keepVisitors, updatedAt: new Date() };
    await this.collection.replaceOne({ _id: id }, stored, { upsert: true });
    return { ...stored, updatedAt: stored.updatedAt.toISOString() };
  }
}
