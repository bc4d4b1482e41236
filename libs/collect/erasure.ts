import { Injectable } from '@nestjs/common';
import { identityMark, InboxStore } from './inbox/index.ts';
import { CollectedPeople } from './people/index.ts';

/** Removes what was collected about people who are erased. */
@Injectable()
export class CollectedErasure {
  constructor(
    private readonly inbox: InboxStore,
    private readonly people: CollectedPeople,
  ) {}

  /** By collection, how much was removed. `identities` are those of the profile store: `email:…`, `user:…`, `anonymous:…`. */
  async erase(identities: readonly string[], hashes: readonly string[]): Promise<Record<string, number>> {
    const { deletedCount: inbox } = await this.inbox.items.deleteMany({
      identities: { $in: hashes.map(identityMark) },
    });
    const people = await this.people.erase(identities, hashes);
    return { ...(inbox > 0 && { inbox }), ...(people > 0 && { collected_people: people }) };
  }
}
