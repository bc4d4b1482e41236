import { Injectable } from '@nestjs/common';
import { PeopleFinder } from '#profiles';
import type { Step, Work } from '../work.ts';
import { buriedAt, BuryPerson } from './bury-person.ts';
import { SubjectNotes } from './subject-notes.ts';

/** Before a person is erased: what came while they were looked for is theirs, too, and is refused from then on. */
@Injectable()
export class LookAgain {
  constructor(
    private readonly finder: PeopleFinder,
    private readonly bury: BuryPerson,
    private readonly notes: SubjectNotes,
  ) {}

  step(name: string): Step {
    return { name, run: (work) => this.run(work) };
  }

  private async run(work: Work): Promise<undefined> {
    await this.notes.note(work, await this.finder.findAgain(work.subject, buriedAt(work)));
    await this.bury.run(work);
  }
}
