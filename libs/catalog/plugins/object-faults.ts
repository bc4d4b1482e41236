import { isObject } from '@millrace/sdk';
import type { DestinationObject, WriteMode } from '@millrace/sdk';
import { fault, isFunction } from './shapes.ts';

const modes: WriteMode[] = ['upsert', 'insert', 'update', 'mirror', 'delete'];
const idempotencies: DestinationObject['idempotency'][] = ['natural', 'key', 'none'];

/** Faults of `destination`; objects that the destination has to be asked for are judged when they are. */
export function objectFaults(destination: unknown): string[] {
  if (!isObject(destination)) return ['`destination` must be `{ objects }`'];
  if (isFunction(destination.objects)) return [];
  if (!isObject(destination.objects)) {
    return ['`destination.objects` must be an object of objects, or a function that resolves to one'];
  }
  return Object.entries(destination.objects).flatMap(([name, object]) => {
    if (!isObject(object)) return [`object "${name}" is not an object`];
    return [
      ...fault(isFunction(object.push), `object "${name}" has no \`push\``),
      ...fault(isListOf(modes, object.modes), `object "${name}" needs \`modes\`, one or more of ${modes.join(', ')}`),
      ...fault(
        isOneOf(idempotencies, object.idempotency),
        `object "${name}" needs \`idempotency\`, one of ${idempotencies.join(', ')}`,
      ),
    ];
  });
}

function isOneOf(allowed: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && allowed.includes(value);
}

function isListOf(allowed: readonly string[], value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((element) => isOneOf(allowed, element));
}
