import { cursorIn, isObject, MillraceError, type Json } from '@millrace/sdk';
import { canonicalJson } from '#platform';
import { cursorValue, timeOf, yieldsTo, type CursorValue } from '../engine/rows/cursor.ts';
import type { SyncChangeDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

const ownSettings = new Set<string>([
  'name',
  'slug',
  'labels',
  'paused',
  'schedule',
  'delivery',
  'drift',
] satisfies (keyof SyncChangeDto)[]);

/** Nothing of it has to be asked of the connections. */
export function isAboutItself(changes: SyncChangeDto): boolean {
  return Object.entries(definedOnly(changes)).every(([field, value]) => ownSettings.has(field) && value !== null);
}

export function saysTheSame(next: Partial<Sync>, existing: Sync): boolean {
  const said = (sync: Partial<Sync>) =>
    canonicalJson(definedOnly(Object.fromEntries(Object.entries(sync).filter(([name]) => !kept.has(name)))));
  return said(next) === said(existing);
}

/** Other changes do not put off what is due: a sync that is changed every day runs every day, too. Without a schedule it only rests after failures. */
export function keepsItsTime({ schedule }: Partial<Sync>, existing: Sync): boolean {
  if (!schedule || canonicalJson(schedule) !== canonicalJson(existing.schedule ?? null)) return false;
  return !existing.paused && existing.nextRunAt !== undefined;
}

/** Nothing is greater than what is no cursor value, so that each run would read everything, for ever. */
export function refuseBrokenCursor(startsFrom: Json): void {
  if (typeof startsFrom !== 'object' || startsFrom === null || !('cursor' in startsFrom)) return;
  if (cursorValue(startsFrom.cursor) !== undefined) return;
  throw new MillraceError(
    'bad_request',
    '`startsFrom.cursor` must be a text or a number, as the sync shows it. null for `startsFrom` reads everything.',
  );
}

/**
 * What is no cursor of the kind that the sync has read: a source may find nothing beyond it, for ever, or everything again, and nothing would tell. Of
 * texts that are neither times nor numbers only the source knows which it gives.
 */
export function refuseStrayCursor(startsFrom: Json, before: Json | undefined): void {
  const [next, former] = [cursorIn(startsFrom), cursorIn(before)];
  if (former === undefined || startsFrom === null) return;
  if (next === undefined)
    throw new MillraceError(
      'bad_request',
      `The sync has read up to ${former}: \`startsFrom\` is { "cursor": … } as the sync shows it, or null to read everything.`,
    );
  const isStrayNumber = typeof next === 'number' && Number.isNaN(Number(former));
  if (!isStrayNumber && !yieldsTo(next, former)) return;
  throw new MillraceError(
    'bad_request',
    `The sync has read up to ${former}, and ${JSON.stringify(next)} is no ${kindOf(former)}. Where the source's cursors have become others, set \`startsFrom\` to null first.`,
  );
}

function kindOf(cursor: CursorValue): string {
  if (typeof cursor === 'number') return 'number';
  return timeOf(cursor) === undefined ? 'text' : 'time';
}

/** Anything but places by lane says nothing to an endless stream, which would begin anew without a word. */
export function refuseNoLanes(startsFrom: Json): void {
  if (startsFrom === null || (isObject(startsFrom) && isObject(startsFrom.lanes))) return;
  throw new MillraceError(
    'bad_request',
    '`startsFrom` of an endless stream is { "lanes": { … } } with a place for each lane, as the sync shows it. null begins anew.',
  );
}

/** What a sync is beside what people say it should be. */
const kept = new Set<string>([
  '_id',
  'revision',
  'createdAt',
  'updatedAt',
  'startsFrom',
  'places',
  'moved',
  'anewSince',
  'reaches',
  'lastRun',
  'lastSuccess',
  'followed',
  'timesFollowed',
  'nextRunAt',
  'fieldsOf',
  'writes',
  'usual',
] satisfies (keyof Sync)[]);

export function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
