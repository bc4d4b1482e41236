import type { OutcomeGroup } from './outcome-groups.ts';

/** A group that was chosen for the grid. */
export interface CoveringGroup extends OutcomeGroup {
  /** People of all groups whose mails are most like these, themselves among them: all grids' numbers add up to everybody. */
  standsFor: number;
}

/**
 * A few groups that together show every outcome of all groups. Greedy set cover (Chvátal 1979): the group with the most outcomes that
 * none before it showed comes next; of equal ones that with more people, then with the smaller profile id. So it is the same for the same
 * people in whatever order, and at most ln(outcomes) + 1 times as many groups as the fewest possible.
 */
export function coverOf(groups: readonly OutcomeGroup[]): CoveringGroup[] {
  const open = new Set(groups.flatMap(({ outcomes }) => outcomes));
  const chosen: OutcomeGroup[] = [];
  const left = new Set(groups);
  while (left.size > 0) {
    const [best, gain] = bestOf(left, open);
    if (!best || (gain === 0 && chosen.length > 0)) break;
    chosen.push(best);
    left.delete(best);
    for (const outcome of best.outcomes) open.delete(outcome);
  }
  return standing(chosen, groups);
}

function bestOf(groups: Iterable<OutcomeGroup>, open: ReadonlySet<string>): [OutcomeGroup | undefined, number] {
  let best: OutcomeGroup | undefined;
  let most = -1;
  for (const group of groups) {
    const gain = group.outcomes.filter((outcome) => open.has(outcome)).length;
    if (best && (gain < most || (gain === most && !isBefore(group, best)))) continue;
    best = group;
    most = gain;
  }
  return [best, most];
}

function isBefore(a: OutcomeGroup, b: OutcomeGroup): boolean {
  return a.people === b.people ? a.profile < b.profile : a.people > b.people;
}

function standing(chosen: readonly OutcomeGroup[], groups: readonly OutcomeGroup[]): CoveringGroup[] {
  const covering = chosen.map((group) => ({ ...group, standsFor: 0, own: new Set(group.outcomes) }));
  for (const { outcomes, people } of groups) {
    const likeness = covering.map(({ own }) => {
      const both = outcomes.filter((outcome) => own.has(outcome)).length;
      const either = own.size + outcomes.length - both;
      return either === 0 ? 1 : both / either;
    });
    const nearest = covering[likeness.indexOf(Math.max(...likeness))];
    if (nearest) nearest.standsFor += people;
  }
  return covering.map(({ own: _, ...group }) => group);
}
