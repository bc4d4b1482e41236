import { Injectable } from '@nestjs/common';
import { Restrictions } from '#profiles';
import type { Step, Work } from '../work.ts';

/** The person's data is kept, and not used until the restriction is lifted. */
@Injectable()
export class RestrictPerson implements Step {
  readonly name = 'restrict';

  constructor(private readonly restrictions: Restrictions) {}

  async run(work: Work): Promise<undefined> {
    const { request, subject, now } = work;
    await this.restrictions.restrict(request._id, subject.identities, now);
    await work.count({ restrictions: subject.identities.length });
  }
}
