import { stream, type JsonSchema, type Page, type ReadContext, type Row, type Stream } from '@millrace/sdk';
import type { Definitions, Derivation } from '../definitions/index.ts';
import type { Filter, ProfileStore, StoredProfile } from '../store/index.ts';
import { foldParts, type PriorityOf, type Traits } from '../folding/index.ts';
import { identitiesByKind } from '../identity/index.ts';
import type { Permission, Permissions } from '../permissions/index.ts';
import type { Restrictions } from '../restrictions/index.ts';
import { planUntil, startOfNext, updatedSince } from './updated-since.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';

const atATime = 1_000;
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
    permissions: {
      type: 'object',
      description: 'By channel and purpose, whether the person may be written to: permissions.email.marketing.',
      additionalProperties: { type: 'object', additionalProperties: { type: 'boolean' } },
    },
    updatedAt: { type: 'string', format: 'date-time' },
  },
  required: ['id', 'traits', 'identities', 'updatedAt'],
};

export interface ProfileStreamParts {
  store: ProfileStore;
  settings: ProfileSettings;
  sensitive: SensitiveTraits;
  definitions: Definitions;
  permissions: Permissions;
  restrictions: Restrictions;
}

/**
 * People as a source: pages by ascending id, or what changed since the last run. Those who were merged away, left or were erased are deletions;
 * those whose data may not be used are left out.
 */
export function profileStream(parts: ProfileStreamParts): Stream {
  const { store } = parts;
  return stream({
    title: 'Profiles',
    description: 'Everybody, with their traits and identities.',
    key: 'id',
    cursor: 'updatedAt',
    schema: profileSchema,
    plan: planUntil,
    read: (ctx) => readAll(parts, ctx),
    advance: startOfNext,
    count: async () => store.profiles.estimatedDocumentCount(),
  });
}

async function* readAll(
  parts: ProfileStreamParts,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const start = typeof resume === 'string' ? resume : undefined;
  const changed = { updatedAt: updatedSince({ state, until }) };
  for await (const { after, ...page } of readProfiles(parts, changed, start, signal)) yield { ...page, resume: after };
}

interface ProfilePage {
  records: Row[];
  deletes: string[][];
  /** Id of the last one. */
  after: string;
}

/** Pages by ascending id, without those whose data may not be used. */
export async function* readProfiles(
  { store, settings, sensitive, definitions, permissions, restrictions }: ProfileStreamParts,
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
    const { priorityOf } = await settings.rules();
    after = last._id;
    const gone = profiles.filter(hasLeft);
    const here = gone.length > 0 ? profiles.filter((profile) => !hasLeft(profile)) : profiles;
    const restricted = await restrictions.people(here);
    const used = here.filter(({ _id }) => !restricted.has(_id));
    const allowed = await permissions.ofAll(used.map(({ _id: id, ids: identities }) => ({ id, identities })));
    const open = await sensitive.opener();
    const records = used.map((profile) => ({
      ...recordOf(profile, { derivation, priorityOf, open }),
      permissions: byChannel(allowed.get(profile._id) ?? []),
    }));
    yield { records, deletes: gone.map(({ _id }) => [_id]), after };
    if (profiles.length < atATime) return;
  }
}

function hasLeft({ ids, mergedInto }: ReadProfile): boolean {
  return ids.length === 0 || mergedInto !== undefined;
}

interface Reading {
  derivation: Derivation;
  priorityOf: PriorityOf;
  /** Gives sensitive traits as they were told. */
  open: (traits: Traits) => Traits;
}

export function recordOf(
  { _id, parts, ids, measures, updatedAt }: ReadProfile,
  { derivation, priorityOf, open }: Reading,
): Row {
  const computed = derivation.computed(measures);
  return {
    id: _id,
    traits: open(foldParts(parts, priorityOf).traits),
    ...(Object.keys(computed).length > 0 && { computed }),
    identities: identitiesByKind(ids),
    updatedAt: updatedAt.toISOString(),
  };
}

function byChannel(permissions: readonly Permission[]): Record<string, Record<string, boolean>> {
  const channels: Record<string, Record<string, boolean>> = {};
  for (const { channel, purpose, allowed } of permissions) (channels[channel] ??= {})[purpose] = allowed;
  return channels;
}
