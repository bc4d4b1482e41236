import type { LogEntry, logCreator } from 'kafkajs';
import type { Logger } from '@millrace/sdk';

/**
 * What kafkajs logs, as debug lines: it tells of troubles that it gets over by itself as errors, and those that it does not get over are
 * thrown. Only the texts: fields of its entries may hold keys of messages.
 */
export function clientLog(log: Logger): logCreator {
  return () => (entry: LogEntry) => log.debug({ kafka: entry.namespace }, entry.log.message);
}
