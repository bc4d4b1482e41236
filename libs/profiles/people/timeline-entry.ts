import type { Json } from '@millrace/sdk';
import { originOf, type PartOrigin, type Traits } from '../folding/index.ts';
import type { StoredEvent } from '../events/index.ts';
import type { StoredMerge, StoredPartChange } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { StoredOrder } from '../orders/index.ts';
import { eventView, orderView, type EventView, type OrderView } from './views.ts';

export const timelineKinds = ['order', 'event', 'change', 'merge'] as const;

export type TimelineKind = (typeof timelineKinds)[number];

/** What a record said anew. */
export interface ChangeView extends PartOrigin {
  run?: string;
  /** Trait → what the record said before and after; null: nothing. */
  traits: Record<string, { before: Json; after: Json }>;
  /** Where the record names other identities. */
  identities?: { before: IdentityKey[]; after: IdentityKey[] };
}

/** Two people who became one. */
export interface MergeView {
  id: string;
  at: string;
  /** Id of the profile that went on, and of the one that ended. */
  into: string;
  absorbed: string;
  /** Why: the records that joined them, with the identities of theirs that led to different people. */
  records: PartOrigin[];
  identities: IdentityKey[];
  run: string;
  /** When it was undone, and by which key (`given_up`: by itself, since its records share no identity any more); null: it holds. */
  undone: { at: string; by: string } | null;
}

export type TimelineEntry =
  | { kind: 'order'; id: string; /** Absent: its source tells no time. */ at?: string; order: OrderView }
  | { kind: 'event'; id: string; at: string; event: EventView }
  | { kind: 'change'; id: string; at: string; change: ChangeView }
  | { kind: 'merge'; id: string; at: string; merge: MergeView };

export function orderEntry(order: StoredOrder): TimelineEntry {
  const { _id: id, at } = order;
  return { kind: 'order', id, ...(at && { at: at.toISOString() }), order: orderView(order) };
}

export function eventEntry(event: StoredEvent): TimelineEntry {
  return { kind: 'event', id: event._id, at: event.at.toISOString(), event: eventView(event) };
}

/** @param show what may be seen of traits */
export function changeEntry(change: StoredPartChange, show: (traits: Traits) => Traits): TimelineEntry {
  return { kind: 'change', id: change._id, at: change.at.toISOString(), change: changeView(change, show) };
}

/** @param show what may be seen of traits */
export function changeView(
  { k, before, t = {}, i, b }: StoredPartChange,
  show: (traits: Traits) => Traits,
): ChangeView {
  const [was, becomes] = [show(before?.t ?? {}), show(said(t))];
  const traits = Object.keys(t).map(
    (name) => [name, { before: was[name] ?? null, after: becomes[name] ?? null }] as const,
  );
  return {
    ...originOf(k),
    ...(b && { run: b }),
    traits: Object.fromEntries(traits),
    ...(i && { identities: { before: before?.i ?? [], after: i } }),
  };
}

export function mergeEntry(merge: StoredMerge): TimelineEntry {
  return { kind: 'merge', id: merge._id, at: merge.at.toISOString(), merge: mergeView(merge) };
}

export function mergeView({ _id, at, into, absorbed, reason, undoneAt, undoneBy = '' }: StoredMerge): MergeView {
  return {
    id: _id,
    at: at.toISOString(),
    into,
    absorbed,
    records: reason.parts.map(originOf),
    identities: reason.identities,
    run: reason.run,
    undone: undoneAt ? { at: undoneAt.toISOString(), by: undoneBy } : null,
  };
}

/** Null is "no longer said": nothing is there to be masked. */
function said(traits: Record<string, Json>): Traits {
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== null));
}
