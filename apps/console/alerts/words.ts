import type { Alert, AlertRule, Sync } from '../api/index.ts';

const kinds: Record<string, string | undefined> = {
  failed: 'failed',
  overdue: 'overdue',
  nothingRead: 'nothing read',
  rejectShare: 'many rejects',
  lag: 'too old',
  drift: 'drift',
  held: 'held',
};

const otherKinds: Record<string, string | undefined> = {
  triggerFailing: 'trigger failing',
  triggerHeld: 'trigger held',
  privacyDue: 'requests of people due',
};

/** What an alert is about, in a word or two. */
export function kindText(kind: Alert['kind']): string {
  return kinds[kind] ?? otherKinds[kind] ?? kind;
}

type Watched = Pick<Sync, 'id' | 'slug' | 'labels'>;

/** So many rules are named. */
const mostWatchers = 8;

/** "Watched by Nightly imports (failed, overdue); Night (overdue); and 3 more." */
export function watchedByText(watchers: readonly string[]): string {
  const more = watchers.length - mostWatchers;
  const named = watchers.slice(0, mostWatchers);
  return `Watched by ${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}.`;
}

/** "Nightly imports (failed, overdue)": the rules that watch a sync, each with what it asks. */
export function watchersOf(sync: Watched, rules: readonly AlertRule[]): string[] {
  return rules.flatMap((rule) => {
    const asked = Object.entries(rule.on).flatMap(([kind, on]) => (on ? (kinds[kind] ?? []) : []));
    const watches = rule.enabled !== false && asked.length > 0 && covers(rule, sync);
    return watches ? [`${rule.name ?? rule.slug} (${asked.join(', ')})`] : [];
  });
}

function covers({ labels, syncs }: AlertRule, { id, slug, labels: has = [] }: Watched): boolean {
  if (!labels && !syncs) return true;
  if (labels?.some((label) => has.includes(label))) return true;
  return syncs?.some((named) => named === id || named === slug) ?? false;
}
