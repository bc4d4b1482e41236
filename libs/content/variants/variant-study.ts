import { MillraceError } from '@millrace/sdk';
import type { Person } from '#profiles';
import type { Composer, TemplateParts } from '../compose/index.ts';
import type { Study } from '../studies/index.ts';
import { coverOf } from './cover.ts';
import { OutcomeGroups } from './outcome-groups.ts';

/** The smallest set of real people that was found to show every outcome. */
export interface StoredGrid {
  /** Outcomes as `<part> <line>:<column> <what>`, each with how many people's mails have it. */
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
    private readonly parts: TemplateParts,
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

  /** Together; where somebody's mail fails, in halves: to fail is an outcome, of that person alone. */
  async #outcomesOf(people: readonly Person[], clock: Date): Promise<string[][]> {
    if (people.length === 0) return [];
    try {
      const found = await this.composer.outcomes(this.parts, people, clock);
      return found.map((byPart) =>
        Object.entries(byPart).flatMap(([part, outcomes]) => outcomes.map((one) => `${part} ${one}`)),
      );
    } catch (error) {
      if (!(error instanceof MillraceError) || !error.code.startsWith('template_')) throw error;
      if (people.length === 1) return [[`mail ${error.code}`]];
      const middle = Math.ceil(people.length / 2);
      const first = await this.#outcomesOf(people.slice(0, middle), clock);
      return [...first, ...(await this.#outcomesOf(people.slice(middle), clock))];
    }
  }
}
