import { stream, type JsonSchema, type Page, type ReadContext, type Row, type Stream } from '@millrace/sdk';
import type { Definitions, Derivation } from '../definitions/index.ts';
import type { Filter, ProfileStore, StoredProfile } from '../store/index.ts';
import { foldParts, type PriorityOf, type Traits } from '../folding/index.ts';
import { identitiesByKind, type IdentityKey } from '../identity/index.ts';
import type { Permissions } from '../permissions/index.ts';
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
  { store, settings, sensitive, definitions, permissions }: ProfileStreamParts,
  wanted: Filter<StoredProfile>,
  start: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ProfilePage> {
  const derivation = await definitions.current();
  let after = start;
  for (;;) {
    signal.throwIfAborted();
    const filter: Filter<StoredProfile> = { ...wanted, ...(after !== undefined && { _id: { $gt: after } }) };
    const profiles = await store.lazyPage(filter, atATime, read);
    if (profiles.length === 0) return;
    const [{ priorityOf }, open] = await Promise.all([settings.rules(), sensitive.opener()]);
    const here: { id: string; identities: IdentityKey[]; record: Row }[] = [];
    const deletes: string[][] = [];
    for (const profile of profiles) {
      const { _id, ids } = profile;
      after = _id;
      if (hasLeft(profile)) deletes.push([_id]);
      else here.push({ id: _id, identities: ids, record: recordOf(profile, { derivation, priorityOf, open }) });
    }
    const allowed = await permissions.allowedOfAll(here);
    const records: Row[] = [];
    for (const { id, record } of here) {
      const may = allowed.get(id);
      if (may) records.push(Object.assign(record, { permissions: may }));
    }
    yield { records, deletes, after: after ?? '' };
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
