import {
  stream,
  type FinishedSlice,
  type Json,
  type JsonSchema,
  type Page,
  type ReadContext,
  type Row,
  type Slice,
  type Stream,
} from '@millrace/sdk';
import type { Definitions, Derivation } from '../definitions/index.ts';
import type { Filter, ProfileStore, StoredProfile } from '../store/index.ts';
import { foldParts } from '../folding/index.ts';
import { identitiesByKind } from '../identity/index.ts';

const atATime = 1_000;
/** Milliseconds that a writer may take from its stamp to the moment that others see it, and clocks may differ: so far the next run looks back. */
const slowestWrite = 60_000;

export type UntilSpec = { until: string };

const read = { parts: 1, ids: 1, mergedInto: 1, measures: 1, updatedAt: 1 } as const;

type ReadProfile = Pick<StoredProfile, '_id' | 'parts' | 'ids' | 'mergedInto' | 'measures' | 'updatedAt'>;

export const profileSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', examples: ['p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC'] },
    traits: { type: 'object', additionalProperties: true },
    computed: { type: 'object', description: 'Computed traits, by name.', additionalProperties: true },
    identities: {
      type: 'object',
      description: 'By kind the first one, and all of them in the plural: email, emails.',
      properties: { email: { type: 'string' }, emails: { type: 'array', items: { type: 'string' } } },
      additionalProperties: true,
    },
    updatedAt: { type: 'string', format: 'date-time' },
  },
  required: ['id', 'traits', 'identities', 'updatedAt'],
};

export interface ProfileStreamParts {
  store: ProfileStore;
  definitions: Definitions;
}

/** People as a source: pages by ascending id, or what changed since the last run. Those who were merged away or left are deletions. */
export function profileStream(parts: ProfileStreamParts): Stream {
  return stream({
    title: 'Profiles',
    description: 'Everybody, with their traits and identities.',
    key: 'id',
    cursor: 'updatedAt',
    schema: profileSchema,
    plan: async ({ until }): Promise<Slice<UntilSpec>[]> => [{ id: 'all', spec: { until } }],
    read: (ctx) => readAll(parts, ctx),
    advance: startOfNext,
    count: async () => parts.store.profiles.estimatedDocumentCount(),
  });
}

async function* readAll(
  parts: ProfileStreamParts,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const start = typeof resume === 'string' ? resume : undefined;
  for await (const { after, ...page } of readProfiles(parts, changedBetween(state, until), start, signal))
    yield { ...page, resume: after };
}

interface ProfilePage {
  records: Row[];
  deletes: string[][];
  /** Id of the last one. */
  after: string;
}

/** Pages by ascending id. */
export async function* readProfiles(
  { store, definitions }: ProfileStreamParts,
  wanted: Filter<StoredProfile>,
  start: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ProfilePage> {
  const derivation = await definitions.current();
  let after = start;
  for (;;) {
    signal.throwIfAborted();
    const filter: Filter<StoredProfile> = { ...wanted, ...(after !== undefined && { _id: { $gt: after } }) };
    const profiles = await store.profiles
      .find<ReadProfile>(filter, { projection: read, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const last = profiles.at(-1);
    if (!last) return;
    after = last._id;
    const gone = profiles.filter(hasLeft);
    const here = gone.length > 0 ? profiles.filter((profile) => !hasLeft(profile)) : profiles;
    const records = here.map((profile) => recordOf(profile, derivation));
    yield { records, deletes: gone.map(({ _id }) => [_id]), after };
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
export function startOfNext(state: Json | undefined, slices: FinishedSlice[]): Json | undefined {
  const [slice] = slices;
  if (!slice) return state;
  const cursor = new Date(Date.parse((slice.spec as UntilSpec).until) - slowestWrite).toISOString();
  const before = cursorOf(state);
  return { cursor: before !== undefined && before > cursor ? before : cursor };
}

function cursorOf(state: Json | undefined): string | undefined {
  const cursor = typeof state === 'object' && state !== null && !Array.isArray(state) ? state.cursor : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}

/** Where the last run ended, less the look-back. */
export function sinceOf(state: Json | undefined): Date | undefined {
  const cursor = cursorOf(state);
  return cursor === undefined ? undefined : new Date(cursor);
}

export function changedBetween(state: Json | undefined, until: string): Filter<StoredProfile> {
  const since = sinceOf(state);
  return { updatedAt: { ...(since && { $gte: since }), $lte: new Date(until) } };
}

export function recordOf({ _id, parts, ids, measures, updatedAt }: ReadProfile, derivation: Derivation): Row {
  const { traits } = foldParts(parts);
  const computed = derivation.computed(measures);
  return {
    id: _id,
    traits,
    ...(Object.keys(computed).length > 0 && { computed }),
    identities: identitiesByKind(ids),
    updatedAt: updatedAt.toISOString(),
  };
}
