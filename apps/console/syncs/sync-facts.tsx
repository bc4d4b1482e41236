import { useFollowed, type Sync } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { RouteLink } from '../routing/index.ts';
import { lagText, momentText, rowsText } from '../runs/index.ts';
import { timeAgo } from '../ui/index.ts';
import { dueText, scheduleText } from './due-text.ts';
import { useEnds } from './use-ends.ts';

/** Milliseconds between two looks at the sync that it runs after. */
const every = 60_000;

/** What it joins, when it runs, and how its last run ended. */
export function SyncFacts({ sync }: { sync: Sync }) {
  const { from, to } = useEnds()(sync);
  const { lastRun, reaches, lag, labels = [] } = sync;
  const after = sync.schedule && 'after' in sync.schedule ? sync.schedule.after : undefined;
  const leader = useFollowed<Sync>(after && `api/syncs/${after}`, { every }).found;
  const facts: Fact[] = [
    ['From', from],
    ['To', to],
    ['Schedule', leader ? <>after {linkTo(leader)}</> : scheduleText(sync)],
  ];
  if (sync.schedule) facts.push(['Next run', dueText(sync)]);
  if (lag) facts.push(['Lag', lagText(lag)]);
  if (reaches !== undefined) facts.push(['Arrived up to', momentText(reaches)]);
  if (lastRun) {
    const rows = lastRun.ledger ? `, ${rowsText(lastRun.ledger)}` : '';
    facts.push(['Last run', `${lastRun.state} ${timeAgo(lastRun.endedAt)}${rows}`]);
  }
  if (labels.length > 0) facts.push(['Labels', labels.join(', ')]);
  return <Facts facts={facts} />;
}

const linkTo = ({ id, slug = id, name }: Sync) => <RouteLink to={{ room: 'sync', sync: slug }}>{name}</RouteLink>;
