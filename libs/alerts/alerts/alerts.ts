import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { AlertCollections } from '../collections.ts';
import type { AlertMessage } from '../messages/message.schema.ts';
import type { AlertRule } from '../rules/rule.schema.ts';
import type { Alert } from './alert.schema.ts';

/** An alert with the rule that asked for it, if that is still there. */
export interface AlertView {
  alert: Alert;
  rule?: Pick<AlertRule, '_id' | 'slug' | 'name'>;
}

/** Alerts, for those who deal with them. */
@Injectable()
export class Alerts {
  constructor(private readonly collections: AlertCollections) {}

  /** The newest first. Those about one sync list it alone, and those that are open only while it has not recovered. */
  async list(query: { state?: Alert['state']; sync?: string; after?: string; limit: number }): Promise<AlertView[]> {
    const { state, sync, after, limit } = query;
    const part = { sync, ...(state === 'open' && { recoveredAt: { $exists: false } }) };
    const filter: mongo.Filter<Alert> = {
      ...(state && { state }),
      ...(sync !== undefined && { syncs: { $elemMatch: part } }),
      ...(after && { _id: { $lt: after } }),
    };
    const found = await this.collections.alerts.find(filter, { sort: { _id: -1 }, limit }).toArray();
    if (sync === undefined) return this.withRules(found);
    return this.withRules(
      found.map((alert) => ({ ...alert, syncs: alert.syncs.filter((alerted) => alerted.sync === sync) })),
    );
  }

  async get(id: string): Promise<AlertView> {
    const [view] = await this.withRules(await this.collections.alerts.find({ _id: id }).toArray());
    if (view) return view;
    throw new MillraceError('not_found', `There is no alert ${id}. GET /api/alerts lists them.`);
  }

  /** What was told about it, in order. */
  messages(alert: string): Promise<AlertMessage[]> {
    return this.collections.messages.find({ alert }, { sort: { channel: 1, number: 1 }, limit: 200 }).toArray();
  }

  /** Quiet until it recovers. Throws `conflict` when it has. */
  acknowledge(id: string, by: string): Promise<AlertView> {
    return this.change(id, { $set: { acknowledged: { at: new Date(), by } }, $unset: { snoozedUntil: '' } });
  }

  /** Quiet for some time; then it is reminded of. Throws `conflict` when it has recovered. */
  snooze(id: string, until: Date): Promise<AlertView> {
    return this.change(id, { $set: { snoozedUntil: until }, $unset: { acknowledged: '' } });
  }

  private async change(id: string, change: mongo.UpdateFilter<Alert>): Promise<AlertView> {
    const { matchedCount } = await this.collections.alerts.updateOne({ _id: id, open: true }, change);
    const view = await this.get(id);
    if (matchedCount > 0) return view;
    throw new MillraceError('conflict', 'The alert has recovered already; there is nothing to be done.');
  }

  private async withRules(alerts: Alert[]): Promise<AlertView[]> {
    const ids = [...new Set(alerts.map(({ rule }) => rule))];
    const rules = await this.collections.rules
      .find({ _id: { $in: ids } }, { projection: { slug: 1, name: 1 } })
      .toArray();
    const byId = new Map(rules.map((rule) => [rule._id, rule]));
    return alerts.map((alert) => ({ alert, rule: byId.get(alert.rule) }));
  }
}
