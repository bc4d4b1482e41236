import type { AlertRule } from './rule.schema.ts';

/** Whether a rule watches a sync. */
export function ruleCovers(
  { labels, syncs }: Pick<AlertRule, 'labels' | 'syncs'>,
  sync: { _id: string; slug?: string; labels: string[] },
): boolean {
  if (!labels && !syncs) return true;
  if (labels?.some((label) => sync.labels.includes(label))) return true;
  return syncs?.some((ref) => ref === sync._id || ref === sync.slug) ?? false;
}

/** Whether a rule watches a trigger, where it asks something about triggers. */
export function ruleCoversTrigger({ triggers }: Pick<AlertRule, 'triggers'>, slug: string): boolean {
  return triggers?.includes(slug) ?? true;
}
