import { MillraceError } from '@millrace/sdk';
import type { Person } from '#profiles';
import type { Composed, Composer, MailTemplate } from '../compose/index.ts';
import type { Study } from '../studies/index.ts';
import { differingParts } from './part-difference.ts';

export interface StoredDifferences {
  same: number;
  differ: number;
  /** People whose mail fails with either version. */
  failed: number;
  /** What differs together, the most people first: `subject`, `html text`. */
  kinds: { parts: string[]; people: number; profiles: string[] }[];
}

/** People of each kind who are named. */
const examplesOfKind = 5;
const together = 10;

/** Composes two versions for the same people, and compares. */
export class DifferenceStudy implements Study<StoredDifferences> {
  readonly #counts = { same: 0, differ: 0, failed: 0 };
  readonly #kinds = new Map<string, { people: number; profiles: string[] }>();

  constructor(
    private readonly composer: Composer,
    private readonly before: MailTemplate,
    private readonly after: MailTemplate,
  ) {}

  async look(people: Person[], clock: Date): Promise<void> {
    for (let start = 0; start < people.length; start += together) {
      await Promise.all(people.slice(start, start + together).map((person) => this.#compare(person, clock)));
    }
  }

  result(): StoredDifferences {
    const kinds = [...this.#kinds].map(([key, { people, profiles }]) => ({
      parts: key.split(' '),
      people,
      profiles: [...profiles].sort(),
    }));
    return {
      ...this.#counts,
      kinds: kinds.sort((a, b) => b.people - a.people || (a.parts.join() < b.parts.join() ? -1 : 1)),
    };
  }

  async #compare(person: Person, clock: Date): Promise<void> {
    const [before, after] = await Promise.all([
      this.#mail(this.before, person, clock),
      this.#mail(this.after, person, clock),
    ]);
    const parts = before && after ? differingParts(before, after) : before === after ? [] : ['mail'];
    if (!before || !after) this.#counts.failed += 1;
    if (parts.length === 0) {
      if (before) this.#counts.same += 1;
      return;
    }
    if (before && after) this.#counts.differ += 1;
    const key = parts.join(' ');
    const kind = this.#kinds.get(key) ?? { people: 0, profiles: [] };
    this.#kinds.set(key, kind);
    kind.people += 1;
    if (kind.profiles.length < examplesOfKind) kind.profiles.push(person.profile.id);
  }

  /** Undefined where this person's mail fails. */
  async #mail(template: MailTemplate, person: Person, clock: Date): Promise<Composed | undefined> {
    try {
      return await this.composer.compose({ ...template, person, clock });
    } catch (error) {
      if (error instanceof MillraceError && error.code.startsWith('template_')) return undefined;
      throw error;
    }
  }
}
