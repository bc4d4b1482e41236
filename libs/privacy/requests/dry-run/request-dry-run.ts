import { Injectable } from '@nestjs/common';
import { Migrator } from '#platform';
import type { PersonSubject } from '#profiles';
import { storedMarksNumber } from '#tombstones';
import { NamedPeople, type NamedPerson } from '../named-people.ts';
import { KnownElsewhere, PersonData, type KnownDestination } from '../../person/index.ts';

/** So much is counted: a person may have a million events. */
const most = 20_000;

/** Whom a request would concern, and how much. */
export interface RequestReach {
  /** The profile and those that were merged into it. Empty: nobody has the identity. */
  profiles: string[];
  identities: string[];
  /** By section of an export, how much is kept. */
  counts: Record<string, number>;
  /** What an erasure would tell other systems to delete. */
  destinations: KnownDestination[];
  /** False: there may be more. Counting stops at 20,000, and misses what is still being marked after an upgrade. */
  isWhole: boolean;
}

/** What a request about somebody would find now, without asking for anything. */
@Injectable()
export class RequestDryRun {
  constructor(
    private readonly people: NamedPeople,
    private readonly data: PersonData,
    private readonly elsewhere: KnownElsewhere,
    private readonly migrator: Migrator,
  ) {}

  /** Throws `bad_request`, `invalid_identity`, `profile_not_found`. */
  async reach(named: NamedPerson): Promise<RequestReach> {
    const subject = await this.people.find(await this.people.subjectOf(named));
    const { profiles, identities } = subject;
    const { counts, isWhole } = await this.count(subject);
    const { destinations, isWhole: areAll } = await this.elsewhere.find(subject);
    const isMarked = !(await this.migrator.isUnderWay(storedMarksNumber));
    return { profiles, identities, counts, destinations, isWhole: isWhole && areAll && isMarked };
  }

  private async count(subject: PersonSubject): Promise<Pick<RequestReach, 'counts' | 'isWhole'>> {
    const counts: Record<string, number> = {};
    let all = 0;
    for await (const { section, items } of this.data.pages(subject)) {
      counts[section] = (counts[section] ?? 0) + items.length;
      all += items.length;
      if (all >= most) return { counts, isWhole: false };
    }
    return { counts, isWhole: true };
  }
}
