import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AccessTokens, AccessTokenStore, accessTokenModel, accessTokenSchema } from './access-tokens/index.ts';
import { BuiltInConnections } from './built-in-connections.ts';
import { ConnectionEditor } from './connection-editor.ts';
import { Connections } from './connections.ts';
import { ConnectionProbesController } from './http/connection-probes.controller.ts';
import { ConnectionsController } from './http/connections.controller.ts';
import { ConnectionOpener } from './open/connection-opener.ts';
import { HttpMetrics } from './open/http-metrics.ts';
import { HttpSpans } from './open/http-spans.ts';
import { InboundDeliveries } from './open/inbound-deliveries.ts';
import { ConnectionProbes } from './probes/connection-probes.ts';
import { RateBudget } from './rate/rate-budget.ts';
import { connectionModel, connectionSchema } from './store/connection.schema.ts';
import { CallbackController, SignIns, SignInsController, signInModel, signInSchema } from './sign-ins/index.ts';
import { ConnectionSecrets } from './store/connection-secrets.ts';
import { ConnectionStore } from './store/connection-store.ts';

@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: connectionModel, schema: connectionSchema },
      { name: accessTokenModel, schema: accessTokenSchema },
      { name: signInModel, schema: signInSchema },
    ]),
  ],
  controllers: [ConnectionsController, ConnectionProbesController, SignInsController, CallbackController],
  providers: [
    AccessTokens,
    AccessTokenStore,
    BuiltInConnections,
    ConnectionEditor,
    ConnectionOpener,
    HttpMetrics,
    HttpSpans,
    InboundDeliveries,
    ConnectionProbes,
    Connections,
    ConnectionSecrets,
    ConnectionStore,
    RateBudget,
    SignIns,
  ],
  exports: [Connections, InboundDeliveries],
})
export class ConnectionsModule {}
