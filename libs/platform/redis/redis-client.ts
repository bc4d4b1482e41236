import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Log } from '../log/index.ts';
import { redisOptions, type RedisUse } from './redis-options.ts';

/** Milliseconds that Redis has for its last answers. */
const patience = 5_000;

/** What Bull takes as `BullModule.forRootAsync({ inject: [RedisClient], useFactory: (redis) => redis.bullOptions() })`. */
export interface BullConnectionOptions {
  createClient: (use: RedisUse) => Redis;
}

/**
 * The Redis connections of a process: one for commands and one for subscriptions, shared by all queues, and a blocking one for each
 * queue that works. Bull leaves closing to whoever made them: they end here, after the queues.
 */
export class RedisClient implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly shared = new Map<RedisUse, Redis>();
  private readonly open = new Set<Redis>();

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  /** The shared connection for commands. */
  get client(): Redis {
    return this.sharedClient('client');
  }

  /** The shared connection for subscriptions: listeners hear every channel. */
  get subscriber(): Redis {
    return this.sharedClient('subscriber');
  }

  bullOptions(): BullConnectionOptions {
    return { createClient: (use) => (use === 'bclient' ? this.connect(use) : this.sharedClient(use)) };
  }

  /** A Redis that says nothing is given up: whoever waits for it hears so, where nobody else would end his waiting (Bull's queues, which close after this). */
  async beforeApplicationShutdown(): Promise<void> {
    const client = this.shared.get('client');
    if (!client || (await answers(client))) return;
    const silent = [...this.open];
    this.open.clear();
    for (const connection of silent) connection.disconnect();
  }

  /** Ends every connection; commands under way are answered first. */
  async onApplicationShutdown(): Promise<void> {
    const ending = [...this.open];
    this.open.clear();
    this.shared.clear();
    await Promise.all(ending.map(endConnection));
  }

  private sharedClient(use: RedisUse): Redis {
    const known = this.shared.get(use);
    if (known) return known;
    const client = this.connect(use);
    client.setMaxListeners(0); // every queue listens on it
    this.shared.set(use, client);
    return client;
  }

  private connect(use: RedisUse): Redis {
    const client = new Redis(this.url, redisOptions(use));
    this.open.add(client);
    client.on('connect', () => {
      if (!this.open.has(client)) client.disconnect(); // Bull connects once more when it closes
    });
    let down = false;
    client.on('error', (error: Error) => {
      if (down) return; // one line an outage
      down = true;
      this.log.warn({ use, error }, 'Redis cannot be reached: trying again until it can');
    });
    client.on('ready', () => {
      if (down) this.log.info({ use }, 'Redis is reachable again');
      down = false;
    });
    return client;
  }
}

async function answers(client: Redis): Promise<boolean> {
  return client.status === 'ready' && (await inTime(client.ping()));
}

/** Whether it is answered, and well. */
function inTime(answer: Promise<unknown>): Promise<boolean> {
  const answered = answer.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, tooLate()]);
}

/** Where this process itself was busy all the time, what has come meanwhile is read first. */
async function tooLate(): Promise<false> {
  await delay(patience, undefined, { ref: false });
  for (let turn = 0; turn < 2; turn++) await setImmediate();
  return false;
}

async function endConnection(client: Redis): Promise<void> {
  // Without a socket there is nothing that would tell its end.
  const connected = client.status === 'ready' || client.status === 'connect';
  const ended = connected ? new Promise((resolve) => client.once('end', resolve)) : undefined;
  // A connection that blocks or subscribes would not answer QUIT in time.
  const quits = client.status === 'ready' && client.options.connectionName === 'millrace:client';
  if (!quits || !(await inTime(client.quit()))) client.disconnect();
  await ended;
}
