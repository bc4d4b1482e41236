import { boundedId, type Arrival } from './arrival.ts';
import { timesOf } from './message-times.ts';
import type { FunctionSettings } from './settings.ts';

/** Segment's messages go to `/v1/batch`, what servers tell to `/api/events`. */
export type Route = '/v1/batch' | '/api/events';

/** One event on its way to Millrace. */
export interface Outgoing {
  route: Route;
  json: string;
  bytes: number;
}

type Fields = Record<string, unknown>;

/** Not JSON, or nothing in it is an event. */
export class Unreadable extends Error {}

const segmentTypes = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']);
const serverTypes = new Set(['traits', 'purchase', 'cart_abandonment', 'page_visit', 'event', 'consent']);

/**
 * The events in an arrival: one, a list, or a list under `batch` or `events`. What is no message of Millrace's own becomes an event with the
 * name and the person that the settings tell. Throws `Unreadable`.
 */
export function outgoingOf(arrival: Arrival, settings: FunctionSettings['event']): Outgoing[] {
  const given = valueOf(arrival);
  const found = listIn(given);
  if (found.some((one) => !isFields(one))) throw new Unreadable('It holds something that is not an object.');
  return (found as Fields[]).map((one, index) => {
    const id = found.length === 1 ? boundedId(arrival.id) : boundedId(arrival.id, index);
    return outgoing(one, { id, arrival, envelope: envelopeOf(given), settings });
  });
}

function valueOf({ content }: Arrival): unknown {
  if ('value' in content) return content.value;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content.bytes));
  } catch {
    throw new Unreadable('It is not JSON.');
  }
}

function listIn(given: unknown): unknown[] {
  if (Array.isArray(given)) return given;
  if (!isFields(given)) throw new Unreadable('It is not an object.');
  if (Array.isArray(given.batch)) return given.batch;
  return Array.isArray(given.events) ? given.events : [given];
}

/** What holds for all messages of a `batch`. */
function envelopeOf(given: unknown): Fields {
  if (!isFields(given) || !Array.isArray(given.batch)) return {};
  const { sentAt, context, integrations } = given;
  return present({ sentAt, context, integrations });
}

interface Surroundings {
  id: string;
  arrival: Pick<Arrival, 'at' | 'name'>;
  envelope: Fields;
  settings: FunctionSettings['event'];
}

function outgoing(given: Fields, { id, arrival: { at, name }, envelope, settings }: Surroundings): Outgoing {
  const type = typeof given.type === 'string' ? given.type : '';
  if (segmentTypes.has(type) || isSegmentConsent(given)) {
    const { timestamp, originalTimestamp, sentAt, ...told }: Fields = { ...envelope, ...present(given) };
    const times = timesOf({ timestamp, originalTimestamp, sentAt }, at);
    return made('/v1/batch', { messageId: id, ...told, ...within(envelope, given), ...times });
  }
  const told = serverTypes.has(type) ? present(given) : wrapped(given, name, settings);
  return made('/api/events', { id, ...(at && { at }), ...told });
}

/** A consent may have either form, and each route knows the times of its own alone. */
function isSegmentConsent({ type, at, messageId, timestamp }: Fields): boolean {
  return type === 'consent' && at === undefined && (messageId !== undefined || timestamp !== undefined);
}

/** A message adds to what its batch says. */
function within(envelope: Fields, given: Fields): Fields {
  const both = ['context', 'integrations'].filter((name) => isFields(envelope[name]) && isFields(given[name]));
  return Object.fromEntries(both.map((name) => [name, { ...(envelope[name] as Fields), ...(given[name] as Fields) }]));
}

function wrapped(properties: Fields, name: string | undefined, settings: FunctionSettings['event']): Fields {
  return {
    type: 'event',
    name: settings.name ?? name ?? 'Event',
    ...present({
      userId: valueAt(properties, settings.userId ?? 'userId'),
      anonymousId: valueAt(properties, settings.anonymousId ?? 'anonymousId'),
    }),
    properties,
  };
}

function made(route: Route, event: Fields): Outgoing {
  const json = JSON.stringify(event);
  return { route, json, bytes: Buffer.byteLength(json) };
}

/** What is empty does not hide what the platform tells. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function valueAt(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (isFields(at) && Object.hasOwn(at, key) ? at[key] : undefined), from);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
