import { isObject } from '@millrace/sdk';
import { fault, isFunction } from './shapes.ts';

/** Faults of `source`; streams that the source has to be asked for are judged when they are. */
export function streamFaults(source: unknown, hasWebhooks: boolean): string[] {
  if (!isObject(source)) return ['`source` must be `{ streams }`'];
  if (isFunction(source.streams)) return [];
  if (!isObject(source.streams))
    return ['`source.streams` must be an object of streams, or a function that resolves to one'];
  return Object.entries(source.streams).flatMap(([name, stream]) => {
    if (!isObject(stream)) return [`stream "${name}" is not an object`];
    return fault(
      hasWebhooks || isFunction(stream.read) || isFunction(stream.subscribe),
      `stream "${name}" has neither \`read\` nor \`subscribe\``,
    );
  });
}
