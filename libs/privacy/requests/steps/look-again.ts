import { Injectable } from '@nestjs/common';
import { PeopleFinder } from '#profiles';
import { RequestStore } from '../request-store.ts';
import type { Step, Work } from '../work.ts';
import { buriedAt, BuryPerson } from './bury-person.ts';

/** Before a person is erased: what came while they were looked for is theirs, too, and is refused from then on. */
@Injectable()
export class LookAgain {
  constructor(
    private readonly finder: PeopleFinder,
    private readonly bury: BuryPerson,
    private readonly store: RequestStore,
  ) {}

  step(name: string): Step {
    return { name, run: (work) => this.run(work) };
  }

  private async run(work: Work): Promise<undefined> {
    work.subject = await this.finder.findAgain(work.subject, buriedAt(work));
    await this.store.update(work.request, { $set: { subject: this.store.seal(work.subject) } });
    await this.bury.run(work);
  }
}
