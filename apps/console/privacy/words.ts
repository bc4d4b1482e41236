import type { PrivacyRequest, RequestKind } from '../api/index.ts';

interface KindWords {
  title: string;
  /** What one asks for, of somebody. */
  ask: (name: string) => string;
  /** What it means, for whoever is about to ask for it. */
  means: string;
  /** Of the button that does it. */
  yes: string;
}

export const kinds: Readonly<Record<RequestKind, KindWords>> = {
  export: {
    title: 'Export',
    ask: (name) => `Export everything about ${name}?`,
    means:
      'Whatever is kept of them is collected in the background: the profile with its records, consents, orders, events, deliveries. It can be downloaded for 14 days, for machines and to be read; each download is in the audit log.',
    yes: 'Export it',
  },
  restrict: {
    title: 'Restriction',
    ask: (name) => `Restrict what is kept of ${name}?`,
    means:
      'Their data is kept and not used: they may be written to for no purpose, and other systems are told nothing more of them, until the restriction is lifted.',
    yes: 'Restrict it',
  },
  erase: {
    title: 'Erasure',
    ask: (name) => `Erase ${name}?`,
    means:
      'They are removed from the profile store with orders, events, consents and history, and from landed rows, rejects, deliveries, previews and exports; other systems are told to delete what they were sent. Rows about them are refused from then on. Nothing brings back what is erased. It takes a good minute.',
    yes: 'Erase them',
  },
};

const steps: Readonly<Record<string, string>> = {
  find: 'Who they are was found out',
  'in turn': 'What was asked for before is done',
  restrict: 'Their data is not used any more',
  collect: 'Everything was collected',
  tombstones: 'Rows about them are refused from here on',
  'heard of': 'Every process has heard of it',
  'marked anew': 'Stored rows can be found',
  'look again': 'Who they are was found out again',
  erase: 'Erased',
  deliveries: 'Deliveries under way are cleared',
  through: 'Rows that were under way are through',
  'look once more': 'Who they are was found out once more',
  'erase again': 'Erased a second time, with what came meanwhile',
  destinations: 'Other systems were told',
  texts: 'Logs, reasons and alerts name them no more',
};

/** A step as the API calls it, in words. */
export const stepText = (name: string): string => steps[name] ?? name;

/** "landed_rows" is "landed rows". */
export const countedText = (collection: string): string => collection.replaceAll('_', ' ');

/** "done", "waiting, overdue" */
export const stateText = ({ state, overdue }: Pick<PrivacyRequest, 'state' | 'overdue'>): string =>
  overdue ? `${state}, overdue` : state;

export const isOpen = ({ state }: Pick<PrivacyRequest, 'state'>): boolean => state !== 'done' && state !== 'lifted';
