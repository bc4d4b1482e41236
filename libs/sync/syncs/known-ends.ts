import type { ObjectDescription, StreamDescription } from '#connections';
import { canonicalJson } from '#platform';
import type { KnownStream } from './read-mode.ts';
import { leadsElsewhere } from './sync-places.ts';
import type { Sync } from './sync.schema.ts';

/** What a sync is to be, as far as other systems have a say in it. */
type Wanted = Pick<Sync, 'from' | 'to' | 'places' | 'outputs'> & Partial<Pick<Sync, 'read' | 'mode'>>;

/**
 * Who tells what of a source and of a destination: the stored sync, of which they said yes; absent: they have to be asked. They may be down while
 * something else is changed, so nobody is asked again about what is as it was.
 */
export function knownEnds(next: Wanted, existing?: Sync): { source?: Sync; destination?: Sync } {
  if (!existing) return {};
  const { usual = [] } = existing;
  const sameMode = next.mode === undefined ? usual.includes('mode') : next.mode === existing.mode;
  // A mirror is usually read otherwise than what is only added to.
  const sameRead = next.read === undefined ? sameMode && usual.includes('read') : next.read === existing.read;
  const sameSource = sameRead && same(next.from, existing.from) && !leadsElsewhere('from', next, existing);
  const sameDestination =
    sameMode &&
    same(next.to, existing.to) &&
    !leadsElsewhere('to', next, existing) &&
    same(next.outputs, existing.outputs);
  if (!next.outputs && !(sameSource && sameDestination)) return {}; // the usual mapping is of both
  return { ...(sameSource && { source: existing }), ...(sameDestination && { destination: existing }) };
}

/** What the source has said of the stream. */
export function knownStream({ read }: Sync): KnownStream & Pick<StreamDescription, 'outputs'> {
  return { incremental: read === 'incremental', endless: read === 'stream', finite: read !== 'stream' };
}

type KnownObject = Pick<ObjectDescription, 'modes' | 'mapping'> &
  Partial<Pick<ObjectDescription, 'schema' | 'startsAnew'>>;

/** What the destination has said of the objects. */
export function knownObjects({ outputs, mode }: Sync): Record<string, KnownObject> {
  return Object.fromEntries(Object.keys(outputs ?? {}).map((object) => [object, { modes: [mode] }]));
}

const same = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);
