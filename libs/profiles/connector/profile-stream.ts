import { stream, type Page, type ReadContext, type Row, type Stream } from '@millrace/sdk';
import type { Filter, ProfileStore, StoredProfile } from '../store/index.ts';
import { foldParts, type PriorityOf, type Traits } from '../folding/index.ts';
import { splitIdentity } from '../identity/index.ts';
import type { Permission, Permissions } from '../permissions/index.ts';
import type { Restrictions } from '../restrictions/index.ts';
import { planUntil, startOfNext, updatedSince } from './updated-since.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';

const atATime = 1_000;
const read = { parts: 1, ids: 1, mergedInto: 1, updatedAt: 1 } as const;

type ReadProfile = Pick<StoredProfile, '_id' | 'parts' | 'ids' | 'mergedInto' | 'updatedAt'>;

export interface ProfileStreamParts {
  store: ProfileStore;
  settings: ProfileSettings;
  sensitive: SensitiveTraits;
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
        permissions: {
          type: 'object',
          description: 'By channel and purpose, whether the person may be written to: permissions.email.marketing.',
          additionalProperties: { type: 'object', additionalProperties: { type: 'boolean' } },
        },
        updatedAt: { type: 'string', format: 'date-time' },
      },
      required: ['id', 'traits', 'identities', 'updatedAt'],
    },
    plan: planUntil,
    read: (ctx) => readProfiles(parts, ctx),
    advance: startOfNext,
    count: async () => store.profiles.estimatedDocumentCount(),
  });
}

async function* readProfiles(
  { store, settings, sensitive, permissions, restrictions }: ProfileStreamParts,
  { state, until, resume, signal }: ReadContext,
): AsyncGenerator<Page> {
  const changed: Filter<StoredProfile> = { updatedAt: updatedSince({ state, until }) };
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
    const restricted = await restrictions.people(here);
    const used = here.filter(({ _id }) => !restricted.has(_id));
    const allowed = await permissions.ofAll(used.map(({ _id: id, ids: identities }) => ({ id, identities })));
    const open = await sensitive.opener();
    const records = used.map((profile) => ({
      ...recordOf(profile, priorityOf, open),
      permissions: byChannel(allowed.get(profile._id) ?? []),
    }));
    yield { records, deletes: gone.map(({ _id }) => [_id]), resume: after };
    if (profiles.length < atATime) return;
  }
}

function hasLeft({ ids, mergedInto }: ReadProfile): boolean {
  return ids.length === 0 || mergedInto !== undefined;
}

export function recordOf(
  { _id, parts, ids, updatedAt }: ReadProfile,
  priorityOf: PriorityOf,
  open: (traits: Traits) => Traits,
): Row {
  const traits = open(foldParts(parts, priorityOf).traits);
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

function byChannel(permissions: readonly Permission[]): Record<string, Record<string, boolean>> {
  const channels: Record<string, Record<string, boolean>> = {};
  for (const { channel, purpose, allowed } of permissions) (channels[channel] ??= {})[purpose] = allowed;
  return channels;
}
