import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { leaseSchema } from '#platform';
import { SyncModule } from '#sync';
import { AlertBook } from './alerts/alert-book.ts';
import { alertModel, alertSchema } from './alerts/alert.schema.ts';
import { AlertsController } from './alerts/alerts.controller.ts';
import { Alerts } from './alerts/alerts.ts';
import { ChannelSecrets } from './channels/channel-secrets.ts';
import { channelModel, channelSchema } from './channels/channel.schema.ts';
import { ChannelsController } from './channels/channels.controller.ts';
import { Channels } from './channels/channels.ts';
import { AlertCollections, alertLeaseModel } from './collections.ts';
import { Attempt } from './delivery/attempt.ts';
import { ChannelTest } from './delivery/channel-test.ts';
import { Deliverer } from './delivery/deliverer.ts';
import { DeliveryTicker } from './delivery/delivery-ticker.ts';
import { Sender } from './delivery/sender.ts';
import { EvaluationTicker } from './evaluation/evaluation-ticker.ts';
import { Evaluator } from './evaluation/evaluator.ts';
import { markModel, markSchema } from './evaluation/judged-mark.schema.ts';
import { Announcer } from './messages/announcer.ts';
import { messageModel, messageSchema } from './messages/message.schema.ts';
import { Notices } from './messages/notices.ts';
import { WatchedRequests } from './requests/index.ts';
import { ruleModel, ruleSchema } from './rules/rule.schema.ts';
import { RulesController } from './rules/rules.controller.ts';
import { Rules } from './rules/rules.ts';
import { WatchedTriggers } from './triggers/index.ts';

@Module({
  imports: [
    SyncModule,
    MongooseModule.forFeature([
      { name: channelModel, schema: channelSchema },
      { name: ruleModel, schema: ruleSchema },
      { name: alertModel, schema: alertSchema },
      { name: messageModel, schema: messageSchema },
      { name: markModel, schema: markSchema },
      { name: alertLeaseModel, schema: leaseSchema('alert_leases') },
    ]),
  ],
  controllers: [RulesController, ChannelsController, AlertsController], // `rules` and `channels` before `:id`
  providers: [
    AlertCollections,
    WatchedTriggers,
    WatchedRequests,
    ChannelSecrets,
    Channels,
    Rules,
    Alerts,
    AlertBook,
    Notices,
    Announcer,
    Evaluator,
    EvaluationTicker,
    Sender,
    Attempt,
    ChannelTest,
    Deliverer,
    DeliveryTicker,
  ],
  exports: [WatchedTriggers, WatchedRequests],
})
export class AlertsModule {}
