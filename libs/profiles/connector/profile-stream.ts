import {
  stream,
  type FinishedSlice,
  type Json,
  type Page,
  type ReadContext,
  type Row,
  type Slice,
  type Stream,
} from '@millrace/sdk';
import type { Filter, ProfileStore, StoredProfile } from '../store/index.ts';
import { foldParts, type PriorityOf } from '../folding/index.ts';
import { splitIdentity } from '../identity/index.ts';
import type { ProfileSettings } from '../settings/index.ts';

const atATime = 1_000;
/** Milliseconds that a writer may take from its stamp to the moment that others see it, and clocks may differ: so far the next run looks back. */
const slowestWrite = 60_000;

type ProfilesSpec = { until: string };

const read = { parts: 1, ids: 1, mergedInto: 1, updatedAt: 1 } as const;

type ReadProfile = Pick<StoredProfile, '_id' | 'parts' | 'ids' | 'mergedInto' | 'updatedAt'>;

/** People as a source: pages by ascending id, or what changed since the last run. Those who were merged away or left are deletions. */
export function profileStream(store: ProfileStore, settings: ProfileSettings): Stream {
  return stream({
    title: 'Profiles',
    description: 'Everybody, with their traits and identities.',
    key: 'id',
    cursor: 'updatedAt',
    schema: {
      type: 'object',
      properties: {
        id: { type: 'string', examples: ['p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC'] },
        traits: { type: 'object', additionalProperties: true },
        identities: {
          type: 'object',
          description: 'By kind the first one, and all of them in the plural: email, emails.',
          properties: { email: { type: 'string' }, emails: { type: 'array', items: { type: 'string' } } },
          additionalProperties: true,
        },
        updatedAt: { type: 'string', format: 'date-time' },
      },
      required: ['id', 'traits', 'identities', 'updatedAt'],
    },
    plan: async ({ until }): Promise<Slice<ProfilesSpec>[]> => [{ id: 'all', spec: { until } }],
    read: (ctx) => readProfiles(store, settings, ctx),
    advance: startOfNext,
    count: async () => store.profiles.estimatedDocumentCount(),
  });
}

async function* readProfiles(
  store: ProfileStore,
  settings: ProfileSettings,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const changed = changedBetween(state, until);
  let after = typeof resume === 'string' ? resume : undefined;
  for (;;) {
    signal.throwIfAborted();
    const filter: Filter<StoredProfile> = { ...changed, ...(after !== undefined && { _id: { $gt: after } }) };
    const profiles = await store.profiles
      .find<ReadProfile>(filter, { projection: read, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const last = profiles.at(-1);
    if (!last) return;
    const { priorityOf } = await settings.rules();
    after = last._id;
    const gone = profiles.filter(hasLeft);
    const here = gone.length > 0 ? profiles.filter((profile) => !hasLeft(profile)) : profiles;
    yield {
      records: here.map((profile) => recordOf(profile, priorityOf)),
      deletes: gone.map(({ _id }) => [_id]),
      resume: after,
    };
    if (profiles.length < atATime) return;
  }
}

function hasLeft({ ids, mergedInto }: ReadProfile): boolean {
  return ids.length === 0 || mergedInto !== undefined;
}

/**
 * Everything older than the look-back was seen, whether there was something or not: a store that rests is not read again. Never before where this run
 * started itself.
 */
function startOfNext(state: Json | undefined, slices: FinishedSlice[]): Json | undefined {
  const [slice] = slices;
  if (!slice) return state;
  const cursor = new Date(Date.parse((slice.spec as ProfilesSpec).until) - slowestWrite).toISOString();
  const before = cursorOf(state);
  return { cursor: before !== undefined && before > cursor ? before : cursor };
}

function cursorOf(state: Json | undefined): string | undefined {
  const cursor = typeof state === 'object' && state !== null && !Array.isArray(state) ? state.cursor : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}

function changedBetween(state: Json | undefined, until: string): Filter<StoredProfile> {
  const cursor = cursorOf(state);
  const since = cursor === undefined ? {} : { $gte: new Date(cursor) };
  return { updatedAt: { ...since, $lte: new Date(until) } };
}

export function recordOf({ _id, parts, ids, updatedAt }: ReadProfile, priorityOf: PriorityOf): Row {
  const { traits } = foldParts(parts, priorityOf);
  return { id: _id, traits, identities: identitiesByKind(ids), updatedAt: updatedAt.toISOString() };
}

function identitiesByKind(ids: readonly string[]): Record<string, string | string[]> {
  const byKind: Record<string, string | string[]> = {};
  for (const { kind, value } of ids.map(splitIdentity)) {
    const all = (byKind[`${kind}s`] ??= []) as string[];
    if (all.length === 0) byKind[kind] = value;
    all.push(value);
  }
  return byKind;
}
