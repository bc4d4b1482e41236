import { Injectable } from '@nestjs/common';
import { NamedPeople } from '../named-people.ts';
import type { Step, Work } from '../work.ts';
import { SubjectNotes } from './subject-notes.ts';

/** Finds by what the person's data is known: as it is when the work begins, merges included. */
@Injectable()
export class FindPerson implements Step {
  readonly name = 'find';

  constructor(
    private readonly named: NamedPeople,
    private readonly notes: SubjectNotes,
  ) {}

  async run(work: Work): Promise<undefined> {
    await this.notes.note(work, await this.named.find(work.subject));
  }
}
