import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MillraceError, messageOf } from '@millrace/sdk';
import pg from 'pg';
import { freePort, superviseServer, untilConnectable, type SupervisedServer } from '#tools/services';
import { postgresPrograms } from './postgres-programs.ts';
import { serverUser } from './server-user.ts';

const run = promisify(execFile);
const [superuser, database] = ['millrace', 'postgres'];

/** A running PostgreSQL that nobody else uses. */
export interface Postgres {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  host: string;
  port: number;
  database: string;
  /** A superuser. */
  user: string;
  password: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a throwaway PostgreSQL on a free port of 127.0.0.1: passwords are checked, logical replication is on, and it ends with
 * this process. Durability is off, since the data is thrown away.
 * @throws MillraceError `service_unavailable` where PostgreSQL is not installed or does not start
 */
export async function startPostgres(): Promise<Postgres> {
  const programs = postgresPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'millrace-postgres-'));
  const password = randomBytes(12).toString('hex');
  let server: SupervisedServer | undefined;
  const stop = async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const data = await initialize(programs, folder, password);
    const port = await freePort();
    server = await superviseServer({
      ...serverCommand(programs, data, port),
      logFile: join(folder, 'postgres.log'),
      stopSignal: 'SIGINT', // "fast": SIGTERM would wait for clients to leave
    });
    const access = { host: '127.0.0.1', port, database, user: superuser, password };
    await untilConnectable(port, server);
    await untilReady(access);
    return { ...access, url: `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`, stop };
  } catch (error) {
    await stop();
    throw new MillraceError('service_unavailable', `PostgreSQL does not start: ${messageOf(error)}`, { cause: error });
  }
}

async function initialize(programs: string, folder: string, password: string): Promise<string> {
  const { prefix, own } = serverUser();
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  own(folder);
  const options = [`--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const [program = '', ...args] = [...prefix, join(programs, 'initdb'), `--pgdata=${data}`, '--no-locale', ...options];
  await run(program, [...args, '--no-sync'], { cwd: folder });
  return data;
}

function serverCommand(programs: string, data: string, port: number): { command: string; args: string[] } {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    wal_level: 'logical',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command = '', ...args] = [...serverUser().prefix, join(programs, 'postgres'), '-D', data, ...flags];
  return { command, args };
}

/** It accepts connections a little before it answers queries (error 57P03, `cannot_connect_now`). */
async function untilReady(access: pg.ClientConfig): Promise<void> {
  for (;;) {
    const client = new pg.Client(access);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === '57P03')) throw error;
    } finally {
      await client.end();
    }
  }
}
