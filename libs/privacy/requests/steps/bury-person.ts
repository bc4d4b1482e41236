import { Injectable } from '@nestjs/common';
import { PeopleEraser, ProfileSettings } from '#profiles';
import { hearsOfTombstonesWithin, Tombstones } from '#tombstones';
import { waitFor, type Step, type Wait, type Work } from '../work.ts';

/** From here on, rows about the person are refused. What they had opted out of outlives them, as hashes. */
@Injectable()
export class BuryPerson implements Step {
  readonly name = 'tombstones';

  constructor(
    private readonly tombstones: Tombstones,
    private readonly people: PeopleEraser,
    private readonly settings: ProfileSettings,
  ) {}

  async run({ request, subject, now }: Work): Promise<undefined> {
    const { identities: rules } = await this.settings.rules();
    const optOuts = await this.people.optOutsOf(subject.identities, rules);
    const identities = subject.identities.map((identity) => ({ identity, optOuts: optOuts.get(identity) ?? [] }));
    const { email: emails } = rules.policy;
    await this.tombstones.bury(request._id, { identities, records: subject.records, emails }, now);
  }
}

/** When rows about the person began to be refused. */
export function buriedAt({ request, now }: Pick<Work, 'request' | 'now'>): Date {
  return request.steps.find((step) => step.name === 'tombstones')?.doneAt ?? now;
}

/** Waits a while since the burial: until every process has heard of it, and until pages that were under way then are through. */
export function sinceBurial(name: string, milliseconds: number): Step {
  return {
    name,
    run: async (work): Promise<Wait | undefined> => {
      const left = buriedAt(work).getTime() + milliseconds - work.now.getTime();
      return left > 0 ? waitFor(work.now, left, 'Rows that are under way are let through first.') : undefined;
    },
  };
}

export const untilHeard = 2 * hearsOfTombstonesWithin + 1_000;
export const untilThrough = 60_000;
