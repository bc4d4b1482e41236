import { Module, type DynamicModule, type OnModuleDestroy, type OnModuleInit, type Provider } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Signer, Vault } from './crypto/index.ts';
import { Files } from './files/index.ts';
import { HealthModule } from './health/index.ts';
import { AnswerKeeper } from './http/answer-keeper.ts';
import { IdempotencyInterceptor } from './http/idempotent.ts';
import { IdempotencyStore } from './http/idempotency-store.ts';
import { LastRequests } from './http/last-requests.ts';
import { createLog, Log } from './log/index.ts';
import { ensureIndexes, giveUpSilentMongo, mongoModules, mongoUri, tellMongoOutages } from './mongo/index.ts';
import { Network } from './network/index.ts';
import { Processes, processModel, processSchema } from './processes/index.ts';
import { clientSpan, Metrics, MetricsServer, Traces } from './telemetry/index.ts';
import { RedisClient, redisUrl, RequestCounts } from './redis/index.ts';
import { ensureMasterKey, Settings } from './settings/index.ts';

/** What everything else stands on. Global: `Settings`, `Log`, `Vault`, `Signer`, `Network`, `Files`, `RedisClient`, `RequestCounts`, `Metrics`, `Traces`, `Processes` and the mongoose connection. */
@Module({})
export class PlatformModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly log: Log,
    private readonly processes: Processes,
  ) {}

  /** Throws `service_unavailable` when the settings name no MongoDB or no Redis, before anything is started. */
  static forRoot(settings: Settings, { log }: { log?: Log } = {}): DynamicModule {
    const redis = redisUrl(settings);
    const providers: Provider[] = [
      { provide: Settings, useValue: settings },
      { provide: Log, useValue: log ?? createLog({ level: settings.logLevel, format: settings.logFormat }) },
      { provide: Vault, useFactory: () => new Vault(ensureMasterKey(settings), settings.oldMasterKeys) },
      { provide: Signer, useFactory: () => new Signer(ensureMasterKey(settings), settings.oldMasterKeys) },
      {
        provide: Network,
        useFactory: ({ allowPrivateAddresses }: Settings, traces: Traces) =>
          new Network({ allowPrivateAddresses, trace: (method) => clientSpan(traces, method) }),
        inject: [Settings, Traces],
      },
      { provide: Files, useFactory: () => new Files(settings.fileRoots) },
      { provide: RedisClient, useFactory: (own: Log) => new RedisClient(redis, own), inject: [Log] },
      { provide: Metrics, useFactory: (own: Log) => new Metrics(own), inject: [Log] },
      { provide: Traces, useFactory: (own: Log) => Traces.open(settings, own), inject: [Log] },
      MetricsServer,
      IdempotencyStore,
      AnswerKeeper,
      IdempotencyInterceptor,
      LastRequests,
      RequestCounts,
      Processes,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [
        ...mongoModules(mongoUri(settings)),
        MongooseModule.forFeature([{ name: processModel, schema: processSchema }]),
        HealthModule,
      ],
      providers,
      exports: providers,
    };
  }

  /** Global modules are initialised first, so every index is there before any other module writes. */
  async onModuleInit(): Promise<void> {
    tellMongoOutages(this.connection.getClient(), this.log);
    await ensureIndexes(this.connection);
  }

  /** Before anybody writes his last: each would wait for it. */
  async onModuleDestroy(): Promise<void> {
    await giveUpSilentMongo(this.connection.getClient(), this.log, () => this.processes.sign());
  }
}
