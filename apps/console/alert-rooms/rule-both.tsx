import { useFollowed, type AlertRule } from '../api/index.ts';
import { Both, type BothRow } from '../forms/index.ts';
import { listIn, listText } from '../texts/index.ts';
import { ofOthers, ofSyncs } from './conditions.ts';
import { draftOf, type RuleDraft } from './rule-draft.ts';

interface Props {
  /** Where the API has what is saved. */
  path: string;
  draft: RuleDraft;
}

const once = { every: 1_000, isOver: () => true };

/** What somebody else has saved meanwhile beside what is filled in here. */
export function RuleBoth({ path, draft }: Props) {
  const { found: theirs } = useFollowed<AlertRule>(path, once);
  if (!theirs) return null;
  const [their, your] = [textsOf(draftOf(theirs)), textsOf(draft)];
  const rows = Object.keys(your).map((title): BothRow => [title, their[title] ?? '', your[title] ?? '']);
  return <Both rows={rows} same="Both say the same." />;
}

/** By the titles of the form. */
function textsOf(rule: RuleDraft): Record<string, string> {
  const { name, on, rejects, lag, labels, syncs, triggers, to, wait, repeat } = rule;
  const asked = [...ofSyncs, ...ofOthers].map(([kind, title]) => [title, on.includes(kind) ? 'asked' : 'not asked']);
  return {
    Name: name.trim(),
    ...(Object.fromEntries(asked) as Record<string, string>),
    'Share of rejected rows, in percent': rejects.trim(),
    'What arrived is older than': lag.trim(),
    Labels: listText(listIn(labels)),
    Syncs: listText(syncs.toSorted()),
    Triggers: listText(triggers.toSorted()),
    Tell: listText(to.toSorted()),
    'Wait for more of it': wait.trim(),
    'Remind every': repeat.trim(),
  };
}
