import type { mongo } from 'mongoose';
import type { Log } from '../log/index.ts';

/**
 * Says when no server of MongoDB takes writes any more, and when one does again: a line each, by what the driver sees, so that whatever fails
 * meanwhile need not say it.
 */
export function tellMongoOutages(client: Pick<mongo.MongoClient, 'on'>, log: Log): void {
  let since: number | undefined;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    const servers = [...newDescription.servers.values()];
    const isAway = !servers.some(({ isWritable }) => isWritable);
    if (isAway === (since !== undefined)) return;
    if (since === undefined) {
      since = performance.now();
      const error = servers.find((server) => server.error)?.error?.message;
      log.warn({ error }, 'MongoDB cannot be reached, or has no primary: trying again until it can');
    } else {
      log.info({ seconds: Math.round((performance.now() - since) / 1_000) }, 'MongoDB is reachable again');
      since = undefined;
    }
  });
}
