import type { Sync } from '../api/index.ts';
import { Facts, rowsText, type Fact } from '../runs/index.ts';
import { timeAgo } from '../ui/index.ts';
import { dueText, scheduleText } from './due-text.ts';
import { useEnds } from './use-ends.ts';

/** What it joins, when it runs, and how its last run ended. */
export function SyncFacts({ sync }: { sync: Sync }) {
  const { from, to } = useEnds()(sync);
  const { lastRun, labels = [] } = sync;
  const facts: Fact[] = [
    ['From', from],
    ['To', to],
    ['Schedule', scheduleText(sync)],
  ];
  if (sync.schedule) facts.push(['Next run', dueText(sync)]);
  if (lastRun) {
    const rows = lastRun.ledger ? `, ${rowsText(lastRun.ledger)}` : '';
    facts.push(['Last run', `${lastRun.state} ${timeAgo(lastRun.endedAt)}${rows}`]);
  }
  if (labels.length > 0) facts.push(['Labels', labels.join(', ')]);
  return <Facts facts={facts} />;
}
