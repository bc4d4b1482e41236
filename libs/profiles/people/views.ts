import type { Json } from '@millrace/sdk';
import type { Derivation } from '../definitions/index.ts';
import {
  foldParts,
  fullName,
  originOf,
  traitOrigins,
  type Part,
  type PartOrigin,
  type PriorityOf,
  type TraitOrigin,
  type Traits,
} from '../folding/index.ts';
import { splitIdentity, type IdentityKey } from '../identity/index.ts';
import type { StoredConsent } from '../consents/index.ts';
import type { StoredEvent } from '../events/index.ts';
import { foldOrder, type StoredOrder } from '../orders/index.ts';
import type { StoredProfile } from '../store/index.ts';

export interface IdentityView {
  kind: string;
  value: string;
  key: IdentityKey;
}

export interface ProfileSummary {
  id: string;
  name?: string;
  identities: IdentityView[];
  updatedAt: string;
}

export interface ProfileView {
  id: string;
  version: number;
  identities: IdentityView[];
  traits: Record<string, Json>;
  /** Computed traits, by name; those without a value are left out. */
  computed: Record<string, Json>;
  /** Slugs of the audiences that the person is in. */
  audiences: string[];
  /** Trait → the record that it came from. */
  origins: Record<string, TraitOrigin>;
  createdAt: string;
  updatedAt: string;
  /** Ids of profiles that were merged into this one. */
  absorbed: string[];
  /** Sensitive traits that are shown as a mask. */
  masked: string[];
}

export interface ProductView {
  id: string;
  connection: string;
  name?: string;
  price?: number;
  url?: string;
  image?: string;
  properties: Record<string, Json>;
}

/** What one record says of a person. */
export interface RecordView extends PartOrigin {
  /** Absent: the record has no time, it only says whose orders or events there are. */
  at?: string;
  identities: IdentityKey[];
  traits: Traits;
}

export interface OrderLineView {
  id: string;
  /** The product's id. */
  product?: string;
  name?: string;
  quantity?: number;
  price?: number;
  /** What is known of the product; for templates only. */
  productDetails?: ProductView;
  [field: string]: Json | ProductView | undefined;
}

export interface OrderView {
  id: string;
  connection: string;
  at?: string;
  total?: number;
  currency?: string;
  status?: string;
  lines: OrderLineView[];
  properties: Record<string, Json>;
}

export interface EventView {
  id: string;
  name: string;
  at: string;
  properties: Record<string, Json>;
}

export interface ConsentView {
  identity: IdentityKey;
  channel: string;
  purpose: string;
  state: 'granted' | 'denied';
  /** Absent where the source tells no time. */
  at?: string;
  source?: string;
  wording?: string;
  evidence?: Json;
}

/** Everything that a template may show of somebody. */
export interface Person {
  profile: ProfileView;
  /** Newest first, at most 20. */
  orders: OrderView[];
  /** Newest first, at most 50. */
  events: EventView[];
  consents: ConsentView[];
}

/** The two people that there are again. */
export interface UnmergedView {
  /** Id of the merge. */
  merge: string;
  kept: ProfileView;
  restored: ProfileView;
}

/** What it takes to see a stored profile. */
export interface Seeing {
  priorityOf: PriorityOf;
  derivation: Derivation;
  /** Tell where each trait came from (default true; else none has an origin). */
  origins?: boolean;
}

/** Sensitive traits are as they are stored. */
export function profileView(profile: StoredProfile, { priorityOf, derivation, origins = true }: Seeing): ProfileView {
  const { _id, v, ids, parts, createdAt, updatedAt, absorbed = [], measures, aud = [] } = profile;
  return {
    id: _id,
    version: v,
    identities: ids.map(identityView),
    traits: foldParts(parts, priorityOf).traits,
    computed: derivation.computed(measures),
    audiences: aud,
    origins: origins ? traitOrigins(parts, priorityOf) : {},
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    absorbed,
    masked: [],
  };
}

export function profileSummary({ _id, ids, parts, updatedAt }: StoredProfile, priorityOf: PriorityOf): ProfileSummary {
  const name = fullName(foldParts(parts, priorityOf).traits);
  return {
    id: _id,
    ...(name !== '' && { name }),
    identities: ids.map(identityView),
    updatedAt: updatedAt.toISOString(),
  };
}

export function recordView({ k, a, i, t }: Part): RecordView {
  return { ...originOf(k), ...(a > 0 && { at: new Date(a).toISOString() }), identities: i, traits: t };
}

export function orderView(order: StoredOrder): OrderView {
  const { fields, lines } = foldOrder(order);
  const { kind: connection, value: id } = splitIdentity(order._id);
  return {
    properties: {},
    ...fields,
    id,
    connection,
    lines: lines.map(({ id: line, fields: of }) => ({ ...of, id: line })),
  };
}

export function eventView({ _id, name, at, properties }: StoredEvent): EventView {
  return { id: _id, name, at: at.toISOString(), properties };
}

export function consentView(consent: StoredConsent): ConsentView {
  const { identity, channel, purpose, state, at, source, wording, evidence } = consent;
  return {
    identity,
    channel,
    purpose,
    state,
    ...(at && { at: at.toISOString() }),
    ...(source !== undefined && { source }),
    ...(wording !== undefined && { wording }),
    ...(evidence !== undefined && { evidence }),
  };
}

function identityView(key: IdentityKey): IdentityView {
  return { ...splitIdentity(key), key };
}
