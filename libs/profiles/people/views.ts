import type { Json } from '@millrace/sdk';
import { foldParts, traitOrigins, type TraitOrigin } from '../folding/index.ts';
import { splitIdentity, type IdentityKey } from '../identity/index.ts';
import type { StoredConsent } from '../consents/index.ts';
import type { StoredEvent } from '../events/index.ts';
import { foldOrder, type StoredOrder } from '../orders/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { fullName } from '../writer/index.ts';

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
  /** Trait → the record that it came from. */
  origins: Record<string, TraitOrigin>;
  createdAt: string;
  updatedAt: string;
  /** Ids of profiles that were merged into this one. */
  absorbed: string[];
}

export interface OrderLineView {
  id: string;
  product?: string;
  name?: string;
  quantity?: number;
  price?: number;
  [field: string]: Json | undefined;
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

export type TimelineEntry =
  | { kind: 'order'; id: string; at: string; order: OrderView }
  | { kind: 'event'; id: string; at: string; event: EventView };

export function profileView({ _id, v, ids, parts, createdAt, updatedAt, absorbed = [] }: StoredProfile): ProfileView {
  return {
    id: _id,
    version: v,
    identities: ids.map(identityView),
    traits: foldParts(parts).traits,
    origins: traitOrigins(parts),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    absorbed,
  };
}

export function profileSummary({ _id, ids, parts, updatedAt }: StoredProfile): ProfileSummary {
  const name = fullName(foldParts(parts).traits);
  return {
    id: _id,
    ...(name !== '' && { name }),
    identities: ids.map(identityView),
    updatedAt: updatedAt.toISOString(),
  };
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
