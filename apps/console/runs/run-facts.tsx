import type { Run } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { momentText, tookText } from './words.ts';

/** When it ran, why, and what it was to do otherwise than its sync says. */
export function RunFacts({ run: { trigger, options = {}, replay, startedAt, endedAt } }: { run: Run }) {
  const facts: Fact[] = [
    ['Trigger', trigger],
    ['Started', startedAt === undefined ? 'not yet' : momentText(startedAt)],
  ];
  if (endedAt !== undefined) facts.push(['Ended', momentText(endedAt)]);
  if (startedAt !== undefined) facts.push(['Took', tookText({ startedAt, endedAt })]);
  for (const [name, value] of Object.entries({ ...options, ...(replay && { replay }) }))
    facts.push([name, <code key={name}>{JSON.stringify(value)}</code>]);
  return <Facts facts={facts} />;
}
