import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ok, unchanged, type Outcome, type Peek, type Row } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Causes } from '../causes/index.ts';
import { DueProfiles } from '../due/index.ts';
import type { PartSource } from '../folding/index.ts';
import { insertUnordered } from '#platform';
import { asPeek, documentsById, nativeCollection, type Collection } from '../store/index.ts';
import { claimPeople, ProfileWriter } from '../writer/index.ts';
import { eventModel, type StoredEvent } from './event.schema.ts';
import { isEnded, lastDeletions } from './last-deletions.ts';
import type { EventRow } from './read-event.ts';

/** Appends events; one that is there already stays as it is. Of a page's deletion and row of one event the later says what there is. */
@Injectable()
export class EventWriter {
  private readonly events: Collection<StoredEvent>;

  constructor(
    @InjectModel(eventModel) private readonly model: Model<StoredEvent>,
    private readonly people: ProfileWriter,
    private readonly due: DueProfiles,
    private readonly causes: Causes,
  ) {
    this.events = nativeCollection<StoredEvent>(model);
  }

  /** One outcome a row, in their order. */
  async write(rows: EventRow[], source: PartSource): Promise<Outcome[]> {
    const outcomes = new Array<Outcome>(rows.length).fill(unchanged());
    const people = await claimPeople(this.people, source, rows, ['events']);
    const known = await this.knownOf(rows.map(({ event }) => event._id));
    const fresh: { index: number; event: StoredEvent }[] = [];
    const gone: string[] = [];
    const deletions = lastDeletions(rows);
    for (const [index, row] of rows.entries()) {
      const { event, deleted } = row;
      const person = people[index];
      const writtenBy = known.get(event._id)?.b;
      if (deleted) {
        if (writtenBy !== undefined) gone.push(event._id);
        outcomes[index] = writtenBy === undefined ? unchanged() : ok({ deleted: 1 });
      } else if (!person?.profile) outcomes[index] = person?.outcome ?? unchanged();
      else if (isEnded(row, deletions)) continue;
      else if (writtenBy === undefined || deletions.has(event._id))
        fresh.push({ index, event: { ...event, p: person.profile, w: person.claim } });
      else if (writtenBy === event.b) outcomes[index] = ok({ created: 1 }); // this run, before a crash
    }
    await this.causes.ofEvents(fresh.map(({ event }) => event));
    const concerned = [...fresh.map(({ event }) => event.p), ...gone.map((id) => known.get(id)?.p)];
    const lost = await this.due.during(
      ['events'],
      () => concerned,
      async () => {
        if (gone.length > 0) await this.events.deleteMany({ _id: { $in: gone } });
        return insertUnordered(
          this.model.db,
          this.events,
          fresh.map(({ event }) => event),
        );
      },
    );
    // Somebody else's, or of this very write, which was repeated.
    const there = await this.knownOf([...lost].flatMap((position) => fresh[position]?.event._id ?? []));
    const counted = new Set<string>();
    for (const { index, event } of fresh) {
      const isOurs = (there.get(event._id)?.b ?? event.b) === event.b && !counted.has(event._id);
      outcomes[index] = isOurs ? ok({ created: 1 }) : unchanged();
      counted.add(event._id);
    }
    return outcomes;
  }

  /** What `write` would do. Writes nothing. */
  async peek(rows: EventRow[], source: PartSource): Promise<Peek[]> {
    const people = await claimPeople(this.people.peeker(), source, rows);
    const known = await documentsById(
      this.events,
      rows.map(({ event }) => event._id),
    );
    return rows.map(({ event, deleted }, index): Peek => {
      const before = known.get(event._id);
      if (deleted) {
        known.delete(event._id);
        return { outcome: before ? ok({ deleted: 1 }) : unchanged(), ...asPeek(before, undefined, stateOf) };
      }
      const person = people[index];
      if (before || !person?.profile) {
        const outcome = person?.profile ? unchanged() : (person?.outcome ?? unchanged());
        return { outcome, ...asPeek(before, before, stateOf) };
      }
      const after = { ...event, p: person.profile };
      known.set(event._id, after);
      return { outcome: ok({ created: 1 }), ...asPeek(undefined, after, stateOf) };
    });
  }

  /** Event id → whose it is, and the run that wrote it. */
  private async knownOf(ids: string[]): Promise<Map<string, Pick<StoredEvent, 'p' | 'b'>>> {
    if (ids.length === 0) return new Map();
    const found = await this.events
      .find<Pick<StoredEvent, '_id' | 'p' | 'b'>>({ _id: { $in: ids } }, { projection: { p: 1, b: 1 } })
      .toArray();
    return new Map(found.map((event) => [event._id, event]));
  }
}

function stateOf({ name, at, properties }: StoredEvent): Row {
  return { name, at: at.toISOString(), properties };
}
