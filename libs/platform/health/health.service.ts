import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { messageOf } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { redactText } from '../log/index.ts';
import { Processes } from '../processes/index.ts';
import { RedisClient } from '../redis/index.ts';
import { Settings } from '../settings/index.ts';

export type Probe = { ok: true } | { ok: false; message: string };

export interface Readiness {
  ready: boolean;
  mongodb: Probe;
  redis: Probe;
}

const deadlineMs = 2000;

/** Milliseconds that Redis keeps what shows that it takes writes. */
const keptMs = 10_000;

/** Whether the services that Millrace needs answer right now, and take writes. */
@Injectable()
export class HealthService {
  constructor(
    @InjectConnection() private readonly mongo: Connection,
    private readonly redis: RedisClient,
    private readonly processes: Processes,
    private readonly settings: Settings,
  ) {}

  async readiness(): Promise<Readiness> {
    const [mongodb, redis] = await Promise.all([probe(() => this.askMongo()), probe(() => this.askRedis())]);
    return { ready: mongodb.ok && redis.ok, mongodb, redis };
  }

  /** By a write: one without memory, or a replica, answers a ping as if nothing was wrong. */
  private async askRedis(): Promise<void> {
    await this.redis.client.set(`${this.settings.redisPrefix}:ready`, '', 'PX', keptMs);
  }

  private async askMongo(): Promise<void> {
    const trouble = this.processes.writeTrouble;
    if (trouble !== undefined) throw new Error(trouble);
    await this.mongo.getClient().db('admin').command({ ping: 1 });
  }
}

async function probe(ping: () => Promise<unknown>): Promise<Probe> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    await Promise.race([ping(), deadline]);
    return { ok: true };
  } catch (error) {
    return { ok: false, message: redactText(messageOf(error)) };
  } finally {
    clearTimeout(timer);
  }
}
