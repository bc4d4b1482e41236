import { Injectable } from '@nestjs/common';
import type { PersonSubject } from '#profiles';
import { Tombstones } from '#tombstones';
import { RequestStore } from '../request-store.ts';
import type { Work } from '../work.ts';

/** Keeps with a request whom it concerns: sealed while there is something to do, and as keyed hashes, by which it is found again. */
@Injectable()
export class SubjectNotes {
  constructor(
    private readonly store: RequestStore,
    private readonly tombstones: Tombstones,
  ) {}

  async note(work: Work, subject: PersonSubject): Promise<void> {
    work.subject = subject;
    const names = subject.identities.map((identity) => this.tombstones.hashOf(identity));
    await this.store.update(work.request, { $set: { subject: this.store.seal(subject), names } });
  }
}
