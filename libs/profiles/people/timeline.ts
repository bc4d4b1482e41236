import { Injectable } from '@nestjs/common';
import { anyMomentAndIdAfter, listOf, momentAndIdAfter, type List } from '#platform';
import type { Traits } from '../folding/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import type { Sight } from './sight.ts';
import { PeopleReader } from './people-reader.ts';
import {
  changeEntry,
  eventEntry,
  mergeEntry,
  mergeView,
  orderEntry,
  timelineKinds,
  type MergeView,
  type TimelineEntry,
  type TimelineKind,
} from './timeline-entry.ts';

export interface TimelinePage {
  after?: string;
  limit: number;
  /** Default: all. */
  kinds?: readonly TimelineKind[];
}

/** What happened to a person, of all kinds in one list. */
@Injectable()
export class Timeline {
  constructor(
    private readonly reader: PeopleReader,
    private readonly sensitive: SensitiveTraits,
  ) {}

  /** Newest first; orders without a time are last. `profiles` are the ids of a person: the profile's, and those that it absorbed. */
  async page(
    profiles: string[],
    { after, limit, kinds = timelineKinds }: TimelinePage,
    sight: Sight = 'masked',
  ): Promise<List<TimelineEntry>> {
    const show = sight === 'unmasked' ? await this.sensitive.opener() : await this.masked();
    const excerpt = { limit: limit + 1, after: anyMomentAndIdAfter(after) };
    const read: Record<TimelineKind, () => Promise<TimelineEntry[]>> = {
      order: async () => (await this.reader.orders(profiles, excerpt)).map(orderEntry),
      event: async () => (await this.reader.events(profiles, excerpt)).map(eventEntry),
      change: async () => (await this.reader.changes(profiles, excerpt)).map((change) => changeEntry(change, show)),
      merge: async () => (await this.reader.merges(profiles, excerpt)).map(mergeEntry),
    };
    const lists = await Promise.all([...new Set(kinds)].map((kind) => read[kind]()));
    const entries = lists.flat().sort(newestFirst);
    return pageOf(entries, limit);
  }

  private async masked(): Promise<(traits: Traits) => Traits> {
    const masker = await this.sensitive.masker();
    return (traits) => masker(traits).traits;
  }

  /** Newest first, those that were undone among them. */
  async merges(profiles: string[], { after, limit }: TimelinePage): Promise<List<MergeView>> {
    const place = momentAndIdAfter(after);
    return pageOf((await this.reader.merges(profiles, { limit: limit + 1, after: place })).map(mergeView), limit);
  }
}

interface Dated {
  id: string;
  at?: string;
}

function pageOf<T extends Dated>(entries: T[], limit: number): List<T> {
  return listOf(
    entries,
    limit,
    (entry) => entry,
    ({ at, id }) => [at === undefined ? null : Date.parse(at), id],
  );
}

/** As each collection is read: by time, then by id; what has no time is last. */
function newestFirst(x: Dated, y: Dated): number {
  if (x.at !== y.at) return (x.at ?? '') < (y.at ?? '') ? 1 : -1;
  return x.id < y.id ? 1 : -1;
}
