import { fault, isFunction, isRecord } from './shapes.ts';

/** Faults of `source`; streams that the source has to be asked for are judged when they are. */
export function streamFaults(source: unknown, hasWebhooks: boolean): string[] {
  if (!isRecord(source)) return ['`source` must be `{ streams }`'];
  if (isFunction(source.streams)) return [];
  if (!isRecord(source.streams))
    return ['`source.streams` must be an object of streams, or a function that resolves to one'];
  return Object.entries(source.streams).flatMap(([name, stream]) => {
    if (!isRecord(stream)) return [`stream "${name}" is not an object`];
    return fault(
      hasWebhooks || isFunction(stream.read) || isFunction(stream.subscribe),
      `stream "${name}" has neither \`read\` nor \`subscribe\``,
    );
  });
}
