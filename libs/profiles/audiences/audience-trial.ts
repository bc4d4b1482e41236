import { Injectable } from '@nestjs/common';
import { randomDocuments } from '#platform';
import { Definitions, Derivation, type AudienceCondition } from '../definitions/index.ts';
import { foldParts, type Part, type Traits } from '../folding/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { ProfileStore, type StoredProfile } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import { Measurer } from '../upkeep/index.ts';

/** So many people are looked at; where there are more, they are random samples. */
const mostPeople = 10_000;
/** Rows that are read of one person; who has more is not looked at. */
const mostRows = 2_000;
/** Milliseconds after which no further people are looked at. */
const patience = 8_000;
/** A twentieth of those at most of whom samples are taken: MongoDB jumps to so few, and reads and sorts all for more. */
const atATime = mostPeople / 20;

export interface Trial {
  count: number;
  /** False: estimated from a sample. */
  exact: boolean;
  looked: number;
  people: number;
}

/** Counts a condition before it is saved. */
@Injectable()
export class AudienceTrial {
  constructor(
    private readonly store: ProfileStore,
    private readonly definitions: Definitions,
    private readonly measurer: Measurer,
    private readonly settings: ProfileSettings,
    private readonly sensitive: SensitiveTraits,
  ) {}

  async count(condition: AudienceCondition, now: Date): Promise<Trial> {
    const total = await this.store.profiles.estimatedDocumentCount();
    const all = total <= mostPeople;
    const [kept, { priorityOf }, open] = await Promise.all([
      this.definitions.latest(),
      this.settings.rules(),
      this.sensitive.opener(),
    ]);
    const traitsOf = (parts: readonly Part[]): Traits => open(foldParts(parts, priorityOf).traits);
    const trial = new RunningTrial(condition, kept, this.measurer, traitsOf, now);
    const deadline = performance.now() + patience;
    let ended = true;
    for await (const page of all ? this.everybody() : this.samples()) {
      await trial.look(page);
      ended = performance.now() < deadline;
      if (!ended) break;
    }
    const { seen, looked, count } = trial;
    if (all && ended && looked === trial.people) return { count, exact: true, looked, people: looked };
    const people = seen === 0 ? 0 : Math.round((total * trial.people) / seen);
    return { count: looked === 0 ? 0 : Math.round((people * count) / looked), exact: false, looked, people };
  }

  private async *everybody(): AsyncGenerator<StoredProfile[]> {
    let page: StoredProfile[] = [];
    do {
      page = await this.store.page({ _id: { $gt: page.at(-1)?._id ?? '' } }, atATime);
      yield page;
    } while (page.length === atATime);
  }

  /** One after another, so that others have their turn between them. Somebody may be in several. */
  private async *samples(): AsyncGenerator<StoredProfile[]> {
    for (let taken = 0; taken < mostPeople; taken += atATime) yield await randomDocuments(this.store.profiles, atATime);
  }
}

/** A condition that is held against people, page by page. */
class RunningTrial {
  /** Documents, of which some were merged away. */
  seen = 0;
  people = 0;
  looked = 0;
  count = 0;
  /** Measures only what the condition needs beyond what is kept on the profiles. */
  readonly #own: Derivation;

  constructor(
    private readonly condition: AudienceCondition,
    private readonly kept: Derivation,
    private readonly measurer: Measurer,
    private readonly traitsOf: (parts: readonly Part[]) => Traits,
    private readonly now: Date,
  ) {
    const audiences = [{ slug: 'trial', revision: kept.revision, condition }];
    this.#own = new Derivation({ revision: kept.revision, computedTraits: [], audiences, unreadable: [] });
  }

  async look(profiles: readonly StoredProfile[]): Promise<void> {
    const people = profiles.filter(({ ids }) => ids.length > 0);
    const { measured, tooMany } = await this.measurer.measure(people, this.#own, this.now, mostRows);
    this.seen += profiles.length;
    this.people += people.length;
    for (const person of people) {
      if (tooMany.has(person._id)) continue;
      this.looked++;
      const subject = { ...person, traits: this.traitsOf(person.parts) };
      const measures = { ...person.measures, ...measured.get(person._id)?.values };
      if (this.kept.holds(this.condition, subject, measures, this.now)) this.count++;
    }
  }
}
