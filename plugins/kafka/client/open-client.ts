import type { Kafka, KafkaConfig as ClientOptions, RetryOptions } from 'kafkajs';
import type { ConnectorContext, MillraceError } from '@millrace/sdk';
import type { KafkaConfig } from '../config.ts';
import { clientLog } from './client-log.ts';
import { lz4, snappy, zstd } from './codecs.ts';
import { kafkaError } from './errors.ts';
import { Sockets } from './sockets.ts';

const connectTimeoutMs = 10_000;
/** kafkajs gets over short troubles itself; longer ones are the engine's, which says so. */
const retry: RetryOptions = {
  retries: 4,
  initialRetryTime: 200,
  maxRetryTime: 3_000,
  restartOnFailure: async () => false,
};

/** A client of one connection, whose sockets are guarded. */
export interface KafkaClient {
  kafka: Kafka;
  /** The MillraceError of what kafkajs threw. */
  error(thrown: unknown): MillraceError;
  /** Closes what its consumers, producers and admins have left open. */
  close(): void;
}

export async function openClient(ctx: ConnectorContext<KafkaConfig>): Promise<KafkaClient> {
  const { config, log } = ctx;
  const { Kafka: Client, CompressionCodecs, CompressionTypes } = (await import('kafkajs')).default;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappy;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd;
  const sockets = new Sockets((target) => ctx.connect(target));
  const kafka = new Client({
    brokers: config.brokers,
    clientId: config.clientId,
    ssl: tlsOptions(config),
    sasl: saslOptions(config),
    connectionTimeout: connectTimeoutMs,
    authenticationTimeout: connectTimeoutMs,
    requestTimeout: config.timeoutSeconds * 1_000,
    enforceRequestTimeout: true,
    retry,
    socketFactory: sockets.factory,
    logCreator: clientLog(log),
  });
  return {
    kafka,
    error: (thrown) => kafkaError(thrown, config, sockets.refused),
    close: () => sockets.destroy(),
  };
}

function tlsOptions({ tls, ca, certificate, certificateKey }: KafkaConfig): ClientOptions['ssl'] {
  if (tls === 'disable') return false;
  return { ca, cert: certificate, key: certificateKey, rejectUnauthorized: tls === 'verify-full' };
}

function saslOptions({ sasl, username = '', password = '' }: KafkaConfig): ClientOptions['sasl'] {
  switch (sasl) {
    case 'none':
      return undefined;
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
  }
}
