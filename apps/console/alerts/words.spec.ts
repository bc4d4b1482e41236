import { describe, expect, it } from '@jest/globals';
import type { AlertRule } from '../api/index.ts';
import { watchedByText, watchersOf } from './words.ts';

const rule = (name: string, more: Partial<AlertRule> = {}): AlertRule => ({
  ...{ id: name, slug: name, name, enabled: true, on: { failed: true }, to: ['ops'], revision: 1 },
  ...more,
});

describe('who watches a sync', () => {
  it.each<[AlertRule, boolean]>([
    [rule('everything'), true],
    [rule('off', { enabled: false }), false],
    [rule('label', { labels: ['shop', 'crm'] }), true],
    [rule('other label', { labels: ['crm'] }), false],
    [rule('by slug', { labels: ['crm'], syncs: ['orders'] }), true],
    [rule('by id', { syncs: ['syn_1'] }), true],
    [rule('others', { syncs: ['syn_2'] }), false],
    [rule('triggers', { on: { triggerFailing: true } }), false],
    [rule('nothing', { on: { failed: false } }), false],
  ])('%j: %s', ({ name, ...more }, watches) => {
    const found = watchersOf({ id: 'syn_1', slug: 'orders', labels: ['shop'] }, [{ name, ...more }]);
    expect(found).toEqual(watches ? [`${name} (failed)`] : []);
  });

  it('names what it asks', () => {
    const asks = rule('Night', { on: { overdue: true, lag: '2h', rejectShare: 0.05, drift: false } });
    expect(watchersOf({ id: 'syn_1' }, [asks])).toEqual(['Night (overdue, too old, many rejects)']);
  });

  it('is told by name, as far as that can be read', () => {
    const watchers = Array.from({ length: 10 }, (_, i) => `R${i} (failed)`);
    expect(watchedByText(watchers.slice(0, 2))).toBe('Watched by R0 (failed); R1 (failed).');
    expect(watchedByText(watchers.slice(0, 8))).toMatch(/R7 \(failed\)\.$/);
    expect(watchedByText(watchers)).toMatch(/; R7 \(failed\); and 2 more\.$/);
  });
});
