import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '#access';
import { AlertsModule } from '#alerts';
import { CatalogModule, ownPluginsFolder } from '#catalog';
import { CollectModule } from '#collect';
import { ConnectionsModule } from '#connections';
import { ContentModule } from '#content';
import { LandingModule } from '#landing';
import { LiveModule } from '#live';
import { MasterKeyModule, MigrationsModule, PlatformModule, RedisClient, type Log, type Settings } from '#platform';
import { PrivacyModule } from '#privacy';
import { ProfilesModule, ProfilesUpkeepModule } from '#profiles';
import { QualityModule } from '#quality';
import { SyncModule } from '#sync';
import { TrackingModule } from '#tracking';
import { ConsoleModule } from './console/index.ts';
import { ContentGuards } from './content-guards.ts';
import { UseGuards } from './use-guards.ts';
import { TombstonesModule } from '#tombstones';
import { TriggersModule } from '#triggers';
import { TriggerTraitUses } from './trigger-trait-uses.ts';
import { WebhooksModule } from '#webhooks';
import { CollectConnection } from './collect-connection.ts';
import { JointsModule } from './joints.module.ts';
import { migrations } from './migrations.ts';
import { LandingConnection } from './landing-connection.ts';
import { ProfileStoreConnection } from './profile-store-connection.ts';
import { SnippetModule } from './snippet/index.ts';

/** Joins the libs to one server. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(settings, { log }),
        MasterKeyModule,
        MigrationsModule.forRoot(migrations),
        BullModule.forRootAsync({
          inject: [RedisClient],
          useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix: settings.redisPrefix }),
        }),
        AccessModule,
        TombstonesModule,
        CatalogModule.forRoot({ paths: [ownPluginsFolder, ...settings.plugins] }),
        ConnectionsModule,
        ProfilesModule,
        ProfilesUpkeepModule,
        LandingModule,
        CollectModule,
        WebhooksModule,
        TrackingModule,
        ContentModule,
        JointsModule,
        SyncModule,
        AlertsModule,
        TriggersModule,
        LiveModule,
        ConsoleModule,
        SnippetModule,
        PrivacyModule,
        QualityModule,
      ],
      providers: [
        ContentGuards,
        UseGuards,
        TriggerTraitUses,
        ProfileStoreConnection,
        LandingConnection,
        CollectConnection,
      ],
    };
  }
}
