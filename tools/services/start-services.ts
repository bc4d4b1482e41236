import { resolve } from 'node:path';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { BinaryOrigin, FailedAttempt } from './binaries/find-binary.ts';
import { mongodbKind, redisKind, type Kind } from './embedded-kinds.ts';
import { EmbeddedServers } from './embedded-servers.ts';

/** `given`: by its URI; `running`: found listening on this machine; the others: embedded, by where the binary comes from. */
export type ServiceOrigin = 'given' | 'running' | BinaryOrigin;

export interface ServicesOptions {
  /** Where embedded services keep data, ports, logs and the lock. Untouched when nothing embedded is needed. */
  dataDir: string;
  /** Use this MongoDB. */
  mongodbUri?: string;
  /** Use this Redis. */
  redisUrl?: string;
  /** Never use what happens to listen on this machine: for tests. Default false. */
  isolated?: boolean;
  /** Where fetched binaries are kept. Default: `.millrace/bin` of this repository. */
  binDir?: string;
  /** Takes one line a step, for people. */
  log: (line: string) => void;
  /** Takes what goes wrong afterwards, a line each: an embedded server has died, or is given up. */
  warn: (line: string) => void;
}

export interface Services {
  mongodbUri: string;
  redisUrl: string;
  mongodb: { origin: ServiceOrigin };
  redis: { origin: ServiceOrigin };
  /** Ends what was started here, and nothing else. */
  stop(): Promise<void>;
}

interface Service {
  uri: string;
  origin: ServiceOrigin;
}

/**
 * MongoDB (a replica set) and Redis, in this order: the given URI; what listens on the standard port; a server of the PATH; one
 * fetched before; one fetched now. Embedded servers listen on 127.0.0.1 only, keep their data in `dataDir` and end with this process; one that dies
 * before is started again.
 * @throws MillraceError `service_unavailable`: what was tried and what to install; `data_in_use`: another process owns `dataDir`
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const embedded = new EmbeddedServers(resolve(options.dataDir), options.log, options.binDir);
  const isolated = options.isolated ?? false;
  const [mongodb, redis] = await Promise.allSettled([
    obtain(mongodbKind, options.mongodbUri, isolated, embedded),
    obtain(redisKind, options.redisUrl, isolated, embedded),
  ]);
  if (mongodb.status === 'rejected' || redis.status === 'rejected') {
    await embedded.stop();
    throw combined([mongodb, redis]);
  }
  embedded.keepRunning(options.warn);
  return {
    mongodbUri: mongodb.value.uri,
    redisUrl: redis.value.uri,
    mongodb: { origin: mongodb.value.origin },
    redis: { origin: redis.value.origin },
    stop: () => embedded.stop(),
  };
}

async function obtain(
  kind: Kind,
  given: string | undefined,
  isolated: boolean,
  embedded: EmbeddedServers,
): Promise<Service> {
  if (given) return { uri: given, origin: 'given' };
  const before: FailedAttempt[] = [];
  if (!isolated) {
    try {
      return { uri: await kind.running(), origin: 'running' };
    } catch (error) {
      before.push({ name: `${kind.name} on its standard port`, reason: messageOf(error) });
    }
  }
  return embedded.start(kind, before);
}

/** One error that tells everything that is missing, so that nobody installs one service only to hear of the next. */
function combined(results: PromiseSettledResult<Service>[]): MillraceError {
  const reasons = results.filter((result) => result.status === 'rejected').map(({ reason }): unknown => reason);
  const [first] = reasons;
  const messages = new Set(reasons.map(messageOf));
  const code = first instanceof MillraceError ? first.code : 'service_unavailable';
  return new MillraceError(code, [...messages].join('\n\n'), { cause: first });
}
