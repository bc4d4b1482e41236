import { MongooseModule } from '@nestjs/mongoose';
import type { DynamicModule } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { IdempotencyKey, idempotencyKeySchema } from '../http/idempotency-key.schema.ts';
import type { Settings } from '../settings/index.ts';
import { mongoOptions, mongoUnavailable, refuseStandalone } from './connect-mongo.ts';

/** The one mongoose connection, by @nestjs/mongoose (which closes it last of all), and the collection that platform itself needs. */
export function mongoModules(uri: string): DynamicModule[] {
  return [
    MongooseModule.forRootAsync({
      useFactory: () => ({
        uri,
        ...mongoOptions(uri),
        retryAttempts: 1,
        connectionFactory: async (connection: Connection) => {
          await refuseStandalone(connection).catch(async (error: unknown) => {
            await connection.close();
            throw error;
          });
          return connection;
        },
        connectionErrorFactory: mongoUnavailable,
      }),
    }),
    MongooseModule.forFeature([{ name: IdempotencyKey.name, schema: idempotencyKeySchema }]),
  ];
}

/** Throws `service_unavailable` when the settings name none. */
export function mongoUri({ mongodbUri }: Settings): string {
  if (mongodbUri !== undefined) return mongodbUri;
  throw new MillraceError(
    'service_unavailable',
    'No MongoDB is known: set MONGODB_URI, or run `npm run demo`, which brings its own.',
    {
      retryable: false,
    },
  );
}
