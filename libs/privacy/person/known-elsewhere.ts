import { Injectable } from '@nestjs/common';
import { LandedPeople } from '#landing';
import { ActivityEraser, type PersonSubject } from '#profiles';
import { isDeleted, KnownPeople, type KnownThere } from '#sync';
import { recordsOf } from './records-of.ts';
import { ProfileKeys } from './profile-keys.ts';

/** So many records are looked for: a person may have a million events. */
const most = 20_000;
const atATime = 500;

/** What another system is known to have of a person. */
export interface KnownDestination {
  /** What sent the rows: a sync, or `trigger:<slug>`. */
  sync: string;
  syncName: string;
  connection: string;
  object: string;
  rows: number;
}

export interface KnownDestinations {
  destinations: KnownDestination[];
  /** False: of more than 20,000 source records not all were looked for. */
  isWhole: boolean;
}

/** Where else a person's data is: what syncs and triggers remember of destinations. */
@Injectable()
export class KnownElsewhere {
  constructor(
    private readonly activities: ActivityEraser,
    private readonly landed: LandedPeople,
    private readonly known: KnownPeople,
    private readonly keys: ProfileKeys,
  ) {}

  /** As an erasure finds them. A row may be found several times, and counts once. */
  async find(subject: PersonSubject): Promise<KnownDestinations> {
    const { records, isWhole } = await this.allRecords(subject);
    const counted = new Set<string>();
    const found = new Map<string, KnownDestination>();
    for await (const { sync, object, rows } of this.knownOf(subject, records)) {
      const { _id, name: syncName, to } = sync;
      const place = `${_id} ${object} ${to.connection}`;
      const there = found.get(place) ?? { sync: _id, syncName, connection: to.connection, object, rows: 0 };
      found.set(place, there);
      for (const row of rows) {
        if (counted.has(row._id)) continue;
        counted.add(row._id);
        if (!isDeleted(row)) there.rows++;
      }
    }
    return { destinations: [...found.values()].filter(({ rows }) => rows > 0), isWhole };
  }

  private async *knownOf(subject: PersonSubject, records: readonly string[]): AsyncGenerator<KnownThere> {
    const keys = await this.keys.of(subject);
    yield* this.known.ofKeys(keys);
    yield* this.known.ofHanded(keys);
    for await (const page of pagesOf(records)) yield* this.known.ofRecords(page);
  }

  /** The source records of the person, of their events and orders, and of landed rows. */
  private async allRecords(subject: PersonSubject): Promise<Records> {
    const { identities } = subject;
    const theirs = await firstOf(recordsOf(this.activities, subject));
    const rows = await firstOf(this.landed.records('rows', identities, pagesOf(theirs.records)));
    const former = await firstOf(this.landed.records('versions', identities, pagesOf(theirs.records)));
    const all = [theirs, rows, former];
    return {
      records: [...new Set(all.flatMap(({ records }) => records))],
      isWhole: all.every(({ isWhole }) => isWhole),
    };
  }
}

interface Records {
  records: readonly string[];
  isWhole: boolean;
}

async function firstOf(pages: AsyncIterable<readonly string[]>): Promise<Records> {
  const records = new Set<string>();
  for await (const page of pages) {
    for (const record of page) records.add(record);
    if (records.size >= most) return { records: [...records], isWhole: false };
  }
  return { records: [...records], isWhole: true };
}

async function* pagesOf(records: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let start = 0; start < records.length; start += atATime) yield records.slice(start, start + atATime);
}
