import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import { retry, type Outcome } from '@millrace/sdk';
import { Tombstones } from '#tombstones';
import { Causes } from '../causes/index.ts';
import { Definitions } from '../definitions/index.ts';
import { prefixOf } from '../folding/index.ts';
import { ProfileHistory } from '../history/index.ts';
import type { Source } from '../measures/index.ts';
import { ProfileSettings, type ProfileRules } from '../settings/index.ts';
import { ProfileStore, type StoredProfile } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import { refuseErased } from './refuse-erased.ts';
import { followSignposts } from './follow-signposts.ts';
import { idSequence } from './id-sequence.ts';
import { Groups, type Group } from './groups.ts';
import { settledOutcome } from './settled.ts';
import { mergeProfiles } from './merge.ts';
import { NewRecords } from './new-records.ts';
import { rejectedWith, type PartResult, type PartRow } from './part-row.ts';
import { ProfilePeeker, type PeekedPart } from './profile-peeker.ts';
import { planGroup, type Plan } from './plan.ts';
import { isHopeless, refusalError, type Refusal } from './refusal.ts';
import { holdersOf, isAlone, profilesOf, resolve, type Known } from './resolve.ts';
import { takeApart } from './take-apart.ts';
import { writePlans } from './write-plans.ts';

const attempts = 8;

/** The rows of a page that are still open, and what became of the others. */
interface Page {
  rows: PartRow[];
  results: (PartResult | undefined)[];
  /** Rows whose record nobody had when it was looked for. */
  newRecords: number[];
  /** What holds for the whole page. */
  rules: ProfileRules;
  brings?: readonly Source[];
}

/** Rows that cannot become one profile together, and what was seen of them. */
interface Refused {
  group: Group;
  refusal: Refusal;
  known: Known;
  profiles: ReadonlyMap<string, StoredProfile>;
}

/**
 * Folds parts into profiles, a page at a time: two reads, everything else in memory, and only changes are written. Any number of writers
 * may work on the same people: whoever loses a race reads again and tries again.
 */
@Injectable()
export class ProfileWriter {
  constructor(
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
    private readonly newRecords: NewRecords,
    @Optional() private readonly tombstones?: Tombstones,
    @Optional() private readonly definitions?: Definitions,
    @Optional() private readonly sensitive?: SensitiveTraits,
    @Optional() private readonly causes?: Causes,
  ) {}

  /**
   * Rows of one stream. One result a row, in their order. Rows that lose every race get the outcome `retry`.
   * @param brings see `WriteEffects`
   */
  async write(rows: readonly PartRow[], brings?: readonly Source[]): Promise<PartResult[]> {
    const [first] = rows;
    if (!first) return [];
    const rules = await this.settings.rules();
    const results = await refuseErased(rows, this.tombstones, rules.identities);
    const page: Page = { rows: [...rows], results, newRecords: [], rules, brings };
    const open = [...rows.keys()].filter((index) => !page.results[index]);
    const doubtful = await this.newRecords.during(prefixOf(first.part.k), async () => {
      await this.settle(page, open);
      return page.newRecords.map((index) => keyOf(page, index));
    });
    if (doubtful.length > 0) await this.settleTwins(page, new Set(doubtful));
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
    return new ProfilePeeker(this.store, this.settings, this.tombstones);
  }

  private async settle(page: Page, indexes: readonly number[]): Promise<void> {
    let open = indexes;
    for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
      if (attempt > 1) await delay(Math.random() * 10 * 2 ** attempt);
      open = await this.attempt(page, open);
    }
  }

  /** Records that another writer has brought to somebody else at the same time: whoever holds one becomes one person, as if the writers had come one after the other. */
  private async settleTwins(page: Page, keys: ReadonlySet<string>): Promise<void> {
    const holders = holdersOf(await this.store.outlinesByPart([...keys]), keys);
    const twins = new Set(page.newRecords.filter((index) => (holders.get(keyOf(page, index))?.length ?? 0) > 1));
    for (const index of twins) page.results[index] = undefined;
    await this.settle(page, [...twins]);
  }

  /** Gives the rows that lost a race. */
  private async attempt(page: Page, open: readonly number[]): Promise<number[]> {
    const known = await resolve(
      this.store,
      open.map((index) => page.rows[index] as PartRow),
    );
    for (const index of open) if (!known.holders.has(keyOf(page, index))) page.newRecords.push(index);
    const groups = groupRows(page, open, known);
    const profiles = await this.store.byIds(groups.flatMap((group) => group.profiles));
    const context = {
      owners: known.owners,
      profiles,
      now: new Date(),
      nextId: idSequence('p'),
      rules: page.rules,
      brings: page.brings,
      derivation: await this.definitions?.current(),
      watched: await this.causes?.watched(),
      open: await this.sensitive?.opener(),
    };
    const simple: Plan[] = [];
    const merging: Plan[] = [];
    const refused: Refused[] = [];
    const lost: number[] = [];
    for (const group of groups) {
      // Merged away between the two reads, or before: the identities tell the survivor next time.
      if (group.profiles.some((id) => profiles.get(id)?.mergedInto)) {
        lost.push(...group.rows);
        continue;
      }
      const plan = planGroup(group, page.rows, context);
      if (typeof plan === 'string') refused.push({ group, refusal: plan, known, profiles });
      else if (!plan.writes) keep(page, plan);
      else if (isDelicate(plan)) merging.push(plan);
      else simple.push(plan);
    }

    if (lost.length > 0) await followSignposts(this.store, known.owners, profiles);
    lost.push(...(await this.writeSimple(page, simple)));
    for (const plan of merging) {
      if (await mergeProfiles(this.store, this.history, plan)) {
        await this.causes?.ofProfiles([plan.after]);
        keep(page, plan);
      } else lost.push(...plan.group.rows);
    }
    for (const those of refused) await this.settleRefused(page, those);
    return lost;
  }

  /** Gives the rows that lost a race. */
  private async writeSimple(page: Page, plans: readonly Plan[]): Promise<number[]> {
    const changed = plans.filter(({ changes }) => changes.length > 0);
    const noted = await this.history.note(changed.flatMap(({ changes }) => changes));
    const losers = await writePlans(this.store, plans);
    const won = losers.size > 0 ? plans.filter((plan) => !losers.has(plan)) : plans;
    await this.causes?.ofProfiles(won.map(({ after }) => after));
    for (const plan of won) keep(page, plan);
    if (losers.size === 0) return [];
    let start = 0;
    const ids = changed.map(({ changes }) => noted.slice(start, (start += changes.length)));
    await this.history.withdraw(ids.filter((_, index) => losers.has(changed[index] as Plan)).flat());
    return [...losers].flatMap(({ group }) => group.rows);
  }

  /** They are tried in halves, so that only those that really cannot be taken are rejected. */
  private async settleRefused(page: Page, refused: Refused): Promise<void> {
    const { group, refusal, profiles } = refused;
    const [only] = group.rows;
    if (only !== undefined && group.rows.length === 1) {
      await this.settleAlone(page, only, refused);
      return;
    }
    const profile = group.profiles.length === 1 ? profiles.get(group.profiles[0] ?? '') : undefined;
    const hopeless = profile
      ? group.rows.filter((index) => isHopeless(page.rows[index] as PartRow, profile, refusal, page.rules.identities))
      : [];
    for (const index of hopeless) reject(page, index, refusal);
    const rest = group.rows.filter((index) => !hopeless.includes(index));
    const middle = hopeless.length > 0 ? rest.length : Math.ceil(rest.length / 2);
    await this.settle(page, rest.slice(0, middle));
    await this.settle(page, rest.slice(middle));
  }

  private async settleAlone(page: Page, index: number, { refusal, known, profiles }: Refused): Promise<void> {
    const row = page.rows[index] as PartRow;
    const holders = (known.holders.get(row.part.k) ?? []).map(({ _id }) => _id);
    const people = { owners: known.owners, profiles, holders };
    const taken = refusal === 'people_kept_apart' ? takeApart(row, people, page.rules.identities) : undefined;
    if (!taken) return reject(page, index, refusal);
    page.rows[index] = taken;
    await this.settle(page, [index]);
  }
}

/** Whether a plan touches more than a profile of its own and new identities, so that it takes a transaction. */
function isDelicate({ absorbed, releases, confirms }: Plan): boolean {
  return absorbed.length > 0 || releases.length > 0 || confirms.length > 0;
}

function keyOf({ rows }: Page, index: number): string {
  return (rows[index] as PartRow).part.k;
}

function reject({ results }: Page, index: number, refusal: Refusal): void {
  results[index] = { outcome: rejectedWith(refusalError(refusal)), profile: undefined };
}

/** Settles the rows that need no write, and groups the others by person. The deletion of what has not come yet is kept by itself, so that a late version finds it. */
function groupRows({ rows, results }: Page, open: readonly number[], known: Known): Group[] {
  const groups = new Groups();
  const newcomers: Group[] = [];
  for (const index of open) {
    const row = rows[index] as PartRow;
    const profiles = profilesOf(row, known);
    const outcome = profiles.length > 0 ? settled(row, profiles, known) : undefined;
    if (outcome) results[index] = { outcome, profile: known.holders.get(row.part.k)?.[0]?._id };
    else if (profiles.length === 0 && isAlone(row, known)) newcomers.push({ rows: [index], profiles });
    else groups.add(index, [row.part.k, ...row.part.i], profiles);
  }
  const others = groups.all();
  return others.length === 0 ? newcomers : [...newcomers, ...others].sort(byFirstRow);
}

/** New people get their ids in the order of their rows. */
function byFirstRow({ rows: [x = 0] }: Group, { rows: [y = 0] }: Group): number {
  return x - y;
}

function settled(row: PartRow, profiles: readonly string[], { owners, holders }: Known): Outcome | undefined {
  const [holder, another] = holders.get(row.part.k) ?? [];
  if (!holder || another) return undefined;
  const outcome = settledOutcome(row, holder);
  if (outcome?.status === 'superseded') return outcome; // whom it named is nobody's business any more
  const complete = profiles.length === 1 && row.part.i.every((id) => owners.has(id));
  return complete ? outcome : undefined;
}

function keep({ results }: Page, { group, outcomes, survivor }: Plan): void {
  group.rows.forEach((index, i) => (results[index] = { outcome: outcomes[i] as Outcome, profile: survivor.id }));
}
