import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CollectModule } from '#collect';
import { ProfilesModule } from '#profiles';
import { ClickController } from './http/click.controller.ts';
import { DeadLinks } from './http/dead-links.ts';
import { KnownHosts } from './http/known-hosts.ts';
import { PixelController } from './http/pixel.controller.ts';
import { TrackingLinksController } from './http/tracking-links.controller.ts';
import { VisitBook } from './http/visit-book.ts';
import { TrackingLinks } from './links/index.ts';
import { MailTracking } from './mails/index.ts';
import {
  TrackingSettings,
  TrackingSettingsController,
  trackingSettingsModel,
  trackingSettingsSchema,
} from './settings/index.ts';
import { TrackingTokens } from './tokens/index.ts';
import { MailVisits } from './visits/index.ts';

/** Mails that tell when they are opened and what is clicked. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: trackingSettingsModel, schema: trackingSettingsSchema }]),
    CollectModule,
    ProfilesModule,
  ],
  controllers: [PixelController, ClickController, TrackingLinksController, TrackingSettingsController],
  providers: [
    TrackingTokens,
    TrackingSettings,
    TrackingLinks,
    MailTracking,
    MailVisits,
    VisitBook,
    KnownHosts,
    DeadLinks,
  ],
  exports: [TrackingLinks, MailTracking],
})
export class TrackingModule {}
