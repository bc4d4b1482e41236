import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import { retry, unchanged, type Outcome } from '@millrace/sdk';
import { Tombstones } from '#tombstones';
import { equalPriorities, profileTooLarge } from '../folding/index.ts';
import { ProfileStore } from '../store/index.ts';
import { refuseErased } from './refuse-erased.ts';
import { followSignposts } from './follow-signposts.ts';
import { idSequence } from './id-sequence.ts';
import { Groups, type Group } from './groups.ts';
import { settledOutcome } from './settled.ts';
import { mergeProfiles } from './merge.ts';
import { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
import { ProfilePeeker, type PeekedPart } from './profile-peeker.ts';
import { isFull, planGroup, type Plan } from './plan.ts';
import { profilesOf, resolve, type Known } from './resolve.ts';
import { writePlans } from './write-plans.ts';

const attempts = 8;

/** The rows of a page that are still open, and what became of the others. */
interface Page {
  rows: readonly PartRow[];
  results: (PartResult | undefined)[];
}

/**
 * Folds parts into profiles, a page at a time: two reads, everything else in memory, and only changes are written. Any number of writers
 * may work on the same people: whoever loses a race reads again and tries again.
 */
@Injectable()
export class ProfileWriter {
  constructor(
    private readonly store: ProfileStore,
    @Optional() private readonly tombstones?: Tombstones,
  ) {}

  /** One result a row, in their order. Rows that lose every race get the outcome `retry`. */
  async write(rows: readonly PartRow[]): Promise<PartResult[]> {
    const page: Page = { rows, results: await refuseErased(rows, this.tombstones) };
    const open = [...rows.keys()].filter((index) => !page.results[index]);
    await this.settle(page, open);
    return page.results.map(
      (result) => result ?? { outcome: retry(250, 'Other writers were changing the same people; try again.') },
    );
  }

  /** What `write` would do, in view of what is there now. Writes nothing. */
  peek(rows: readonly PartRow[]): Promise<PeekedPart[]> {
    return this.peeker().write(rows);
  }

  /** In place of this one where nothing may be written. */
  peeker(): ProfilePeeker {
    return new ProfilePeeker(this.store, this.tombstones);
  }

  private async settle(page: Page, indexes: readonly number[]): Promise<void> {
    let open = indexes;
    for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
      if (attempt > 1) await delay(Math.random() * 10 * 2 ** attempt);
      open = await this.attempt(page, open);
    }
  }

  /** Gives the rows that lost a race. */
  private async attempt(page: Page, open: readonly number[]): Promise<number[]> {
    const known = await resolve(
      this.store,
      open.map((index) => page.rows[index] as PartRow),
    );
    const groups = groupRows(page, open, known);
    const profiles = await this.store.byIds(groups.flatMap((group) => group.profiles));
    const context = {
      owners: known.owners,
      profiles,
      now: new Date(),
      nextId: idSequence('p'),
      priorityOf: equalPriorities,
    };
    const simple: Plan[] = [];
    const merging: Plan[] = [];
    const oversized: Group[] = [];
    const lost: number[] = [];
    for (const group of groups) {
      // Merged away between the two reads, or before: the identities tell the survivor next time.
      if (group.profiles.some((id) => profiles.get(id)?.mergedInto)) {
        lost.push(...group.rows);
        continue;
      }
      const plan = planGroup(group, page.rows, context);
      if (!plan) oversized.push(group);
      else if (!plan.writes) keep(page, plan);
      else if (plan.absorbed.length > 0 || plan.releases.length > 0) merging.push(plan);
      else simple.push(plan);
    }

    if (lost.length > 0) await followSignposts(this.store, known.owners, profiles);
    const losers = await writePlans(this.store, simple);
    for (const plan of simple) {
      if (losers.has(plan)) lost.push(...plan.group.rows);
      else keep(page, plan);
    }
    for (const plan of merging) {
      if (await mergeProfiles(this.store, plan)) keep(page, plan);
      else lost.push(...plan.group.rows);
    }
    for (const group of oversized) await this.settleOversized(page, group, profiles.get(group.profiles[0] ?? ''));
    return lost;
  }

  /** Not all rows fit: they are tried in halves, so that only those that do not fit are rejected. */
  private async settleOversized(
    page: Page,
    { rows, profiles }: Group,
    profile: Parameters<typeof isFull>[0],
  ): Promise<void> {
    const full = profiles.length === 1 && isFull(profile);
    const holds = (index: number): boolean => profile?.parts.some(({ k }) => k === page.rows[index]?.part.k) ?? false;
    const hopeless = rows.length === 1 ? rows : full ? rows.filter((index) => !holds(index)) : [];
    for (const index of hopeless)
      page.results[index] = { outcome: rejectedWith(profileTooLarge()), profile: undefined };
    const rest = rows.filter((index) => !hopeless.includes(index));
    if (rest.length === 0) return;
    const middle = hopeless.length > 0 ? rest.length : Math.ceil(rest.length / 2);
    await this.settle(page, rest.slice(0, middle));
    await this.settle(page, rest.slice(middle));
  }
}

/** Settles the rows that need no write, and groups the others by person. */
function groupRows({ rows, results }: Page, open: readonly number[], known: Known): Group[] {
  const groups = new Groups();
  for (const index of open) {
    const row = rows[index] as PartRow;
    const profiles = profilesOf(row, known);
    const outcome = settled(row, profiles, known);
    if (outcome) results[index] = { outcome, profile: profiles[0] };
    else groups.add(index, [row.part.k, ...row.part.i], profiles);
  }
  return groups.all();
}

function settled(row: PartRow, profiles: string[], { owners, holders }: Known): Outcome | undefined {
  if (profiles.length === 0) return row.part.d && unchanged(); // a deletion of what never came
  const [holder] = holders.get(row.part.k) ?? [];
  const complete = profiles.length === 1 && row.part.i.every((id) => owners.has(id));
  return holder && complete ? settledOutcome(row, holder) : undefined;
}

function keep({ results }: Page, { group, outcomes, survivor }: Plan): void {
  group.rows.forEach((index, i) => (results[index] = { outcome: outcomes[i] as Outcome, profile: survivor.id }));
}
