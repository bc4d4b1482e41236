import type { Sync } from '../api/index.ts';
import type { BothRow } from '../forms/index.ts';
import { listIn, listText } from '../texts/index.ts';
import { draftOf, type SyncDraft } from './sync-draft.ts';
import { scheduleOf } from './schedule-draft.ts';

/** What somebody else has saved meanwhile beside what is filled in here, with the titles of the form. */
export function bothOf(theirs: Sync, yours: SyncDraft): BothRow[] {
  const [their, your] = [textsOf(draftOf(theirs)), textsOf(yours)];
  return Object.keys({ ...their, ...your }).map((title) => [title, their[title] ?? '', your[title] ?? '']);
}

function textsOf(draft: SyncDraft): Record<string, string> {
  const { name = '', from, to, outputs = [], read, consumers, mode, delivery, drift, filter, labels } = draft;
  return {
    Name: name.trim(),
    'Reads from': [from.connection, from.stream].filter(Boolean).join(' / '),
    Key: listText(listIn(from.key)),
    Cursor: from.cursor.trim(),
    'Writes to': [to.connection, to.object].filter(Boolean).join(' / '),
    ...Object.fromEntries(
      outputs.flatMap(({ object, rows }) => rows.map(({ target, rule }) => [`${target} of ${object}`, rule])),
    ),
    ...{ Read: read, Mode: mode, Consumers: consumers.trim(), Filter: filter.trim() },
    Schedule: scheduleLine(draft),
    Labels: listText(listIn(labels)),
    'A new or changed field of the source': drift,
    'A batch of which nobody knows whether it arrived': delivery,
  };
}

/** "every 6h", "0 6 * * *, Europe/Berlin" */
function scheduleLine({ schedule }: SyncDraft): string {
  const said = scheduleOf(schedule);
  if (!said) return '';
  return 'cron' in said ? Object.values(said).join(', ') : Object.entries(said).flat().join(' ');
}
