import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Client } from 'pg';
import { MillraceError, messageOf, type ConnectorContext } from '@millrace/sdk';
import type { PostgresConfig } from '../config.ts';
import { cancelQuery } from './cancel.ts';
import { databaseError } from './errors.ts';
import { PostgresSession } from './session.ts';

const connectTimeoutMs = 15_000;

/** Connects as configured: read-only, in UTC, with times and numbers printed exactly. The signal ends what runs, on the server too. */
export async function openSession(ctx: ConnectorContext<PostgresConfig>): Promise<PostgresSession> {
  const { config, signal } = ctx;
  signal.throwIfAborted();
  const client = await connected(ctx, config.ssl !== 'disable');
  const cancel = () => cancelQuery(ctx, client);
  signal.addEventListener('abort', cancel, { once: true });
  const session = new PostgresSession(client, ctx, () => signal.removeEventListener('abort', cancel));
  await session.execute(settings(config));
  return session;
}

async function connected(ctx: ConnectorContext<PostgresConfig>, tls: boolean): Promise<Client> {
  const { config } = ctx;
  const pg = (await import('pg')).default;
  let failure: unknown;
  const client = new pg.Client({
    ...{ host: config.host, port: config.port, database: config.database, user: config.user },
    password: config.password ?? '',
    ssl: tls && tlsOptions(config),
    stream: () => socket(ctx),
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'millrace',
  });
  client.on('error', (error) => (failure = error)); // between queries; the next one fails and tells
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.connection.stream.destroy();
    ctx.signal.throwIfAborted();
    if (tls && config.ssl === 'prefer' && hasNoTls(error)) return connected(ctx, false);
    throw databaseError(failure instanceof MillraceError ? failure : error, config);
  }
}

/** A guarded socket that is connecting already (the driver's own `connect` must not start again) and ends with the signal. */
function socket({ config, signal, ...ctx }: ConnectorContext<PostgresConfig>): Socket {
  const connecting = ctx.connect({ host: config.host, port: config.port });
  connecting.connect = () => connecting;
  const end = () => connecting.destroy();
  signal.addEventListener('abort', end, { once: true });
  connecting.once('close', () => signal.removeEventListener('abort', end));
  return connecting;
}

function tlsOptions({ ssl, ca }: PostgresConfig): ConnectionOptions {
  return ssl === 'verify-full' ? { ca, rejectUnauthorized: true } : { rejectUnauthorized: false };
}

function hasNoTls(error: unknown): boolean {
  return messageOf(error).includes('does not support SSL');
}

function settings({ statementTimeoutSeconds }: PostgresConfig): string {
  const values = {
    default_transaction_read_only: 'on',
    statement_timeout: `${statementTimeoutSeconds}s`,
    timezone: 'UTC',
    datestyle: 'ISO, YMD',
    intervalstyle: 'iso_8601',
    extra_float_digits: '1',
    bytea_output: 'hex',
  };
  return Object.entries(values)
    .map(([name, value]) => `SET ${name} = '${value}';`)
    .join(' ');
}
