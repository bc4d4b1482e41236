import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { newId, redactText } from '#platform';
import { AlertCollections } from '../collections.ts';
import { insertUnlessTaken } from '../insert-unless-taken.ts';
import type { AlertKind } from '../rules/rule.schema.ts';
import { mostSyncs, type Alert, type AlertedSync } from './alert.schema.ts';
import type { Trouble, Watched } from './finding.ts';
import { groupOf, type Group } from './group-of.ts';
import { Standing } from './standing.ts';

const attempts = 3;
const longestMessage = 300;
const ofRuns: ReadonlySet<AlertKind> = new Set(['failed', 'nothingRead', 'rejectShare', 'drift']);

interface Place extends Group {
  rule: string;
  kind: AlertKind;
}

/** Writes alerts. Each step is one conditional update, so that two evaluators, or one that begins again after a crash, tell nothing twice. */
@Injectable()
export class AlertBook {
  constructor(private readonly collections: AlertCollections) {}

  async standing(at: Date): Promise<Standing> {
    const projection = { rule: 1, kind: 1, group: 1, 'syncs.sync': 1, 'syncs.occasion': 1, 'syncs.recoveredAt': 1 };
    return new Standing(await this.collections.alerts.find({ open: true }, { projection }).toArray(), at);
  }

  /** The sync joins the open alert of its group, or opens one. */
  async raise(rule: string, sync: Watched, trouble: Trouble, standing: Standing): Promise<void> {
    const { kind, occasion } = trouble;
    const before = standing.occasionOf(rule, kind, sync._id);
    const place: Place = { rule, kind, ...groupOf(trouble, sync._id) };
    if (before === occasion || (before === undefined && standing.hasNoRoom(place, sync._id))) return;
    if (await this.isKnown(rule, kind, sync._id, occasion)) return;
    const entry = entryOf(sync, trouble);
    if (before !== undefined) await this.leave(rule, kind, sync._id, trouble.since, { group: { $ne: place.group } });
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (await this.join(place, entry)) break;
      if (await insertUnlessTaken(this.collections.alerts, newAlert(place, entry, standing.at))) break;
    }
    standing.add({ rule, kind, sync: sync._id, occasion });
  }

  async clear(rule: string, kind: AlertKind, sync: string, at: Date, standing: Standing): Promise<void> {
    if (standing.occasionOf(rule, kind, sync) === undefined) return;
    await this.leave(rule, kind, sync, at);
    standing.remove(rule, kind, sync);
  }

  /** What no rule watches any more is closed, but has not recovered. */
  async withdraw(standing: Standing): Promise<void> {
    for (const { rule, kind, sync } of standing.unwatched()) {
      await this.leave(rule, kind, sync, new Date(), {}, { 'syncs.$[entry].withdrawn': true });
    }
  }

  /** Alerts whose syncs have all recovered. */
  async close(): Promise<void> {
    await this.collections.alerts.updateMany(
      { open: true, syncs: { $not: { $elemMatch: { recoveredAt: { $exists: false } } } } },
      [{ $set: { state: 'recovered', recoveredAt: { $max: '$syncs.recoveredAt' } } }, { $unset: 'open' }],
    );
  }

  /** A run is told about once, also after the alert has been closed; but again where it was only watched no more for a while. */
  private async isKnown(rule: string, kind: AlertKind, sync: string, occasion: string): Promise<boolean> {
    const entry = { sync, occasion, withdrawn: { $exists: false } };
    const known = await this.collections.alerts.findOne(
      { rule, kind, syncs: { $elemMatch: entry }, ...(!ofRuns.has(kind) && { open: true }) },
      { projection: { open: 1, syncs: { $elemMatch: entry } } },
    );
    return known !== null && (ofRuns.has(kind) || !known.syncs[0]?.recoveredAt);
  }

  private async join({ rule, kind, group }: Place, entry: AlertedSync): Promise<boolean> {
    const { alerts } = this.collections;
    const { sync, since: _, ...news } = entry;
    const open = { rule, kind, group, open: true as const };
    const stays = { syncs: { $elemMatch: { sync, recoveredAt: { $exists: false } } } };
    const set = Object.fromEntries(Object.entries(news).map(([field, value]) => [`syncs.$.${field}`, value]));
    if ((await alerts.updateOne({ ...open, ...stays }, { $set: set })).matchedCount > 0) return true;
    const isBack = { $set: { 'syncs.$': entry }, $inc: { changes: 1 } };
    if ((await alerts.updateOne({ ...open, 'syncs.sync': sync }, isBack)).matchedCount > 0) return true;
    const hasRoom: mongo.Filter<Alert> = {
      'syncs.sync': { $ne: sync },
      [`syncs.${mostSyncs - 1}`]: { $exists: false },
    };
    const joins = { $push: { syncs: entry }, $inc: { changes: 1 } };
    return (await alerts.updateOne({ ...open, ...hasRoom }, joins)).matchedCount > 0;
  }

  private async leave(
    rule: string,
    kind: AlertKind,
    sync: string,
    at: Date,
    where: mongo.Filter<Alert> = {},
    more: Record<string, true> = {},
  ): Promise<void> {
    await this.collections.alerts.updateMany(
      { rule, kind, open: true, syncs: { $elemMatch: { sync, recoveredAt: { $exists: false } } }, ...where },
      { $set: { 'syncs.$[entry].recoveredAt': at, ...more } },
      { arrayFilters: [{ 'entry.sync': sync, 'entry.recoveredAt': { $exists: false } }] },
    );
  }
}

function entryOf({ _id, slug, name }: Watched, { occasion, run, code, message, count, since }: Trouble): AlertedSync {
  return {
    sync: _id,
    ...(slug && { slug }),
    name,
    occasion,
    ...(run && { run }),
    ...(code && { code }),
    message: redactText(message).slice(0, longestMessage),
    ...(count !== undefined && { count }),
    since,
  };
}

function newAlert({ rule, kind, group, connection }: Place, entry: AlertedSync, openedAt: Date): Alert {
  return {
    _id: newId('alr'),
    rule,
    kind,
    group,
    ...(connection && { connection }),
    state: 'open',
    open: true,
    unsettled: true,
    syncs: [entry],
    changes: 1,
    openedAt,
  };
}
