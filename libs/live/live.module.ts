import { Module } from '@nestjs/common';
import { CollectModule } from '#collect';
import { ProfilesModule } from '#profiles';
import { SyncModule } from '#sync';
import { Authenticator } from './connection/authenticator.ts';
import { LiveServer } from './connection/live-server.ts';
import { LiveController } from './live.controller.ts';
import { LiveHints } from './news/live-hints.ts';
import { Subscriptions } from './subscriptions/index.ts';

/** Connections that stay open: events come in, news go out. */
@Module({
  imports: [CollectModule, ProfilesModule, SyncModule],
  controllers: [LiveController],
  providers: [Authenticator, Subscriptions, LiveHints, LiveServer],
})
export class LiveModule {}
