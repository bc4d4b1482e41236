import type { AlertConditions, AlertRule } from '../api/index.ts';
import { listIn, listText, slugOf } from '../texts/index.ts';
import { percentOf, shareOf } from './words.ts';

/** What is asked by ticking it. */
export const ticked = [
  ...(['failed', 'overdue', 'nothingRead', 'drift', 'held'] as const),
  ...(['triggerFailing', 'triggerHeld', 'privacyDue'] as const),
] satisfies (keyof AlertConditions)[];
export type Ticked = (typeof ticked)[number];

/** A rule as one fills it in. An empty text says nothing. */
export interface RuleDraft {
  name: string;
  /** Undefined: as the name suggests. */
  slug?: string;
  on: Ticked[];
  /** Percent. */
  rejects: string;
  lag: string;
  labels: string;
  syncs: string[];
  triggers: string[];
  to: string[];
  wait: string;
  /** Empty: never. */
  repeat: string;
  /** The one that it was made from; undefined: nothing is saved yet. */
  revision?: number;
}

export const newRule: RuleDraft = {
  ...{ name: '', on: ['failed', 'overdue', 'held'], rejects: '', lag: '', labels: '' },
  ...{ syncs: [], triggers: [], to: [], wait: '30s', repeat: '24h' },
};

export function draftOf(rule: AlertRule): RuleDraft {
  const { slug, name = slug, on, labels = [], syncs = [], triggers = [], to, wait = '30s', repeat, revision } = rule;
  return {
    ...{ name, slug, syncs, triggers, to, wait, revision },
    on: ticked.filter((kind) => on[kind]),
    rejects: on.rejectShare === undefined ? '' : String(percentOf(on.rejectShare)),
    lag: on.lag ?? '',
    labels: listText(labels),
    repeat: repeat ?? '',
  };
}

/** As the API takes it. */
export function bodyOf(draft: RuleDraft, enabled: boolean | undefined): object {
  const { name, on, rejects, lag, syncs, triggers, to, wait, repeat } = draft;
  const labels = listIn(draft.labels);
  return {
    ...{ name: name.trim(), enabled, to },
    on: {
      ...Object.fromEntries(on.map((kind) => [kind, true])),
      ...(rejects.trim() !== '' && { rejectShare: shareOf(Number(rejects)) }),
      ...(lag.trim() !== '' && { lag: lag.trim() }),
    },
    ...(labels.length > 0 && { labels }),
    ...(syncs.length > 0 && { syncs }),
    ...(triggers.length > 0 && { triggers }),
    ...(wait.trim() !== '' && { wait: wait.trim() }),
    repeat: repeat.trim() || null,
  };
}

export const slugIn = ({ name, slug = slugOf(name) }: RuleDraft): string => slug;
