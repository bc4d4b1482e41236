import type { AlertKind } from '../rules/rule.schema.ts';
import { mostSyncs, type Alert } from './alert.schema.ts';

interface Entry {
  rule: string;
  kind: AlertKind;
  sync: string;
  occasion: string;
}

/** Which syncs are in open alerts: what goes on as it was needs no query. */
export class Standing {
  private readonly entries = new Map<string, Entry>();
  private readonly watched = new Set<string>();
  /** By alert: the syncs of those that can hold no more. */
  private readonly full = new Map<string, ReadonlySet<string>>();

  /** @param at when the look began */
  constructor(
    alerts: Pick<Alert, 'rule' | 'kind' | 'group' | 'syncs'>[],
    readonly at: Date,
  ) {
    for (const { rule, kind, group, syncs } of alerts) {
      if (syncs.length >= mostSyncs)
        this.full.set(placeOf({ rule, kind, group }), new Set(syncs.map(({ sync }) => sync)));
      for (const { sync, occasion, recoveredAt } of syncs)
        if (!recoveredAt) this.entries.set(keyOf({ rule, kind, sync }), { rule, kind, sync, occasion });
    }
  }

  occasionOf(rule: string, kind: AlertKind, sync: string): string | undefined {
    return this.entries.get(keyOf({ rule, kind, sync }))?.occasion;
  }

  /** The alert of the group tells of as many syncs as it can, and the sync is none of them. */
  hasNoRoom(place: Pick<Alert, 'rule' | 'kind' | 'group'>, sync: string): boolean {
    return this.full.get(placeOf(place))?.has(sync) === false;
  }

  add(entry: Entry): void {
    this.entries.set(keyOf(entry), entry);
    this.watched.add(keyOf(entry));
  }

  remove(rule: string, kind: AlertKind, sync: string): void {
    this.entries.delete(keyOf({ rule, kind, sync }));
  }

  /** A rule still asks for this of the sync. */
  watch(rule: string, kind: AlertKind, sync: string): void {
    const key = keyOf({ rule, kind, sync });
    if (this.entries.has(key)) this.watched.add(key);
  }

  /** It is left alone for now, though a rule asks for it. */
  unwatch(rule: string, kind: AlertKind, sync: string): void {
    this.watched.delete(keyOf({ rule, kind, sync }));
  }

  /** What no rule asks for any more. */
  unwatched(): Entry[] {
    return [...this.entries].filter(([key]) => !this.watched.has(key)).map(([, entry]) => entry);
  }
}

function keyOf({ rule, kind, sync }: Omit<Entry, 'occasion'>): string {
  return `${rule}/${kind}/${sync}`;
}

function placeOf({ rule, kind, group }: Pick<Alert, 'rule' | 'kind' | 'group'>): string {
  return `${rule}/${kind}/${group}`;
}
