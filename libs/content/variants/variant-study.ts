import type { Person } from '#profiles';
import type { Composer, MailTemplate } from '../compose/index.ts';
import type { Study } from '../studies/index.ts';
import { coverOf } from './cover.ts';
import { OutcomeGroups } from './outcome-groups.ts';

/** The smallest set of real people that was found to show every outcome. */
export interface StoredGrid {
  /** Outcomes as `<part> <line>:<column> <what>`, in the prepared template, each with how many people's mails have it. */
  outcomes: { key: string; people: number }[];
  variants: { profile: string; outcomes: string[]; alike: number; standsFor: number }[];
  /** How many different mails there are, by outcomes. */
  distinct: number;
}

/** Finds out which outcomes a template has for people. */
export class VariantStudy implements Study<StoredGrid> {
  readonly #groups = new OutcomeGroups();

  constructor(
    private readonly composer: Composer,
    private readonly template: MailTemplate,
    private readonly unsubscribeUrl: string,
  ) {}

  async look(people: Person[], clock: Date): Promise<void> {
    const outcomes = await this.#outcomesOf(people, clock);
    people.forEach(({ profile }, index) => this.#groups.add(profile.id, outcomes[index] ?? []));
  }

  result(): StoredGrid {
    const groups = this.#groups.list();
    const counts = new Map<string, number>();
    for (const { outcomes, people } of groups) {
      for (const key of outcomes) counts.set(key, (counts.get(key) ?? 0) + people);
    }
    const variants = coverOf(groups).map(({ profile, outcomes, people, standsFor }) => {
      return { profile, outcomes: [...outcomes], alike: people, standsFor };
    });
    const outcomes = [...counts].map(([key, people]) => ({ key, people }));
    return { outcomes: outcomes.sort((a, b) => (a.key < b.key ? -1 : 1)), variants, distinct: groups.length };
  }

  async #outcomesOf(people: readonly Person[], clock: Date): Promise<string[][]> {
    const recipients = people.map((person) => ({ person, unsubscribeUrl: this.unsubscribeUrl }));
    const found = await this.composer.outcomes(this.template, recipients, clock);
    return found.map((one) => {
      if ('failed' in one) return [`mail ${one.failed}`];
      return Object.entries(one.shown).flatMap(([part, outcomes]) => outcomes.map((outcome) => `${part} ${outcome}`));
    });
  }
}
