import { Injectable } from '@nestjs/common';
import { PeopleFinder } from '#profiles';
import { RequestStore } from '../request-store.ts';
import type { Step, Work } from '../work.ts';

/** Finds by what the person's data is known: as it is when the work begins, merges included. */
@Injectable()
export class FindPerson implements Step {
  readonly name = 'find';

  constructor(
    private readonly finder: PeopleFinder,
    private readonly store: RequestStore,
  ) {}

  async run(work: Work): Promise<undefined> {
    const [identity = ''] = work.subject.identities;
    work.subject = await this.finder.find(identity);
    await this.store.update(work.request, { $set: { subject: this.store.seal(work.subject) } });
  }
}
