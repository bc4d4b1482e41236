import { Injectable } from '@nestjs/common';
import type { Alert } from '../alerts/alert.schema.ts';
import { AlertCollections } from '../collections.ts';
import { insertUnlessTaken } from '../insert-unless-taken.ts';
import { Channels } from '../channels/channels.ts';
import type { AlertRule } from '../rules/rule.schema.ts';
import { dueEvent } from './due-event.ts';
import type { AlertMessage } from './message.schema.ts';
import type { AlertEvent } from './notice.ts';
import { Notices } from './notices.ts';

const atATime = 200;

/** Writes the messages that are due. First the message, then the note that it was written: their ids keep a repeat from being a second one. */
@Injectable()
export class Announcer {
  constructor(
    private readonly collections: AlertCollections,
    private readonly channels: Channels,
    private readonly notices: Notices,
  ) {}

  async announce(now: Date): Promise<void> {
    for (let after = ''; ;) {
      const alerts = await this.collections.alerts
        .find({ unsettled: true, _id: { $gt: after } }, { sort: { _id: 1 }, limit: atATime })
        .toArray();
      for (const alert of alerts) await this.tell(alert, now);
      const last = alerts.at(-1);
      if (!last || alerts.length < atATime) return;
      after = last._id;
    }
  }

  private async tell(alert: Alert, now: Date): Promise<void> {
    const rule = await this.collections.rules.findOne({ _id: alert.rule });
    const event = rule ? dueEvent(alert, rule, now) : alert.state === 'recovered' ? 'settled' : undefined;
    if (event === undefined) return;
    if (event !== 'settled' && rule) await this.write(alert, rule, event, now);
    const { told } = alert;
    const times = (told?.times ?? 0) + 1;
    await this.collections.alerts.updateOne(
      { _id: alert._id, ...(told ? { 'told.times': told.times } : { told: { $exists: false } }) },
      {
        ...(event !== 'settled' && { $set: { told: { at: now, times, changes: alert.changes } } }),
        ...((event === 'settled' || event === 'recovered') && { $unset: { unsettled: '' } }),
      },
    );
  }

  private async write(alert: Alert, rule: AlertRule, event: AlertEvent, now: Date): Promise<void> {
    const number = (alert.told?.times ?? 0) + 1;
    const notice = await this.notices.of(alert, rule, event, now);
    for (const ref of rule.to) {
      const channel = await this.channels.find(ref);
      if (!channel) continue; // it can only have been removed after the rule
      const message: AlertMessage = {
        _id: `${alert._id}.${number}.${event}.${channel._id}`,
        alert: alert._id,
        channel: channel._id,
        number,
        event,
        notice,
        state: 'pending',
        attempts: 0,
        notBefore: now,
        createdAt: now,
      };
      await insertUnlessTaken(this.collections.messages, message);
    }
  }
}
