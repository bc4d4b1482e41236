import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Profiles, type Person } from '#profiles';
import { Composer, type MailOutcomes, type MailTemplate } from '../compose/index.ts';

/** People who are looked at, by chance, and how many at a time. */
const mostPeople = 200;
const atATime = 50;

/** Finds the person for whom a mail shows the worst of itself. */
@Injectable()
export class EdgeCases {
  constructor(
    private readonly profiles: Profiles,
    private readonly composer: Composer,
  ) {}

  /**
   * The id of a profile: of 200 by chance somebody whose mail fails, else whose mail misses the most, else of whom the most is known (long
   * values break layouts).
   * @throws MillraceError `profile_not_found` while there is nobody, and what composing throws
   */
  async find(template: MailTemplate, clock: Date): Promise<string> {
    const people = await this.profiles.random(mostPeople);
    let worst: { id: string; score: number[] } | undefined;
    for (let start = 0; start < people.length; start += atATime) {
      const some = people.slice(start, start + atATime);
      const outcomes = await this.composer.outcomes(
        template,
        some.map((person) => ({ person })),
        clock,
      );
      some.forEach((person, index) => {
        const score = scoreOf(outcomes[index], person);
        if (!worst || isWorse(score, worst.score)) worst = { id: person.profile.id, score };
      });
    }
    if (worst) return worst.id;
    throw new MillraceError(
      'profile_not_found',
      'There is nobody yet. Run a sync into the connection "profiles" first.',
    );
  }
}

/** In the order of what counts. */
function scoreOf(outcomes: MailOutcomes | undefined, { profile }: Person): number[] {
  if (!outcomes || 'failed' in outcomes) return [1, 0, 0, 0];
  const shown = Object.values(outcomes.shown).flat();
  const count = (what: string): number => shown.filter((outcome) => outcome.endsWith(` ${what}`)).length;
  return [0, count('missing'), count('fallback'), JSON.stringify(profile.traits).length];
}

function isWorse(one: readonly number[], other: readonly number[]): boolean {
  const differing = one.findIndex((value, index) => value !== other[index]);
  return differing >= 0 && (one[differing] ?? 0) > (other[differing] ?? 0);
}
