import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection, type Lease } from '#platform';
import { alertModel, type Alert } from './alerts/alert.schema.ts';
import { channelModel, type Channel } from './channels/channel.schema.ts';
import { markModel, type JudgedMark } from './evaluation/judged-mark.schema.ts';
import { messageModel, type AlertMessage } from './messages/message.schema.ts';
import { ruleModel, type AlertRule } from './rules/rule.schema.ts';

export const alertLeaseModel = 'AlertLease';

/** The collections of alerts as the driver has them: plain objects, no document instances. */
@Injectable()
export class AlertCollections {
  readonly channels: mongo.Collection<Channel>;
  readonly rules: mongo.Collection<AlertRule>;
  readonly alerts: mongo.Collection<Alert>;
  readonly messages: mongo.Collection<AlertMessage>;
  readonly marks: mongo.Collection<JudgedMark>;
  readonly leases: mongo.Collection<Lease>;

  constructor(
    @InjectModel(channelModel) channels: Model<Channel>,
    @InjectModel(ruleModel) rules: Model<AlertRule>,
    @InjectModel(alertModel) alerts: Model<Alert>,
    @InjectModel(messageModel) messages: Model<AlertMessage>,
    @InjectModel(markModel) marks: Model<JudgedMark>,
    @InjectModel(alertLeaseModel) leases: Model<Lease>,
  ) {
    this.channels = plainCollection<Channel>(channels);
    this.rules = plainCollection<AlertRule>(rules);
    this.alerts = plainCollection<Alert>(alerts);
    this.messages = plainCollection<AlertMessage>(messages);
    this.marks = plainCollection<JudgedMark>(marks);
    this.leases = plainCollection<Lease>(leases);
  }
}
