import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { retry, unchanged, type Outcome, type Peek } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { DueProfiles } from '../due/index.ts';
import type { PartSource } from '../folding/index.ts';
import { asPeek, documentsById, foldDocuments, indexesBy, nativeCollection, type Collection } from '../store/index.ts';
import { claimPeople, ProfileWriter } from '../writer/index.ts';
import { changeOrder } from './order-changes.ts';
import { OrderDeletions } from './order-deletions.ts';
import { orderState } from './fold-order.ts';
import { orderModel, type StoredOrder } from './order.schema.ts';
import type { OrderRow } from './read-order.ts';
import { endedOutcome, endOf, joinOutcomes, type Saying } from './saying.ts';

const ordersBring = ['orders', 'orderLines'] as const;

type Concerns = (profile: string | undefined) => void;

/**
 * Folds rows into orders, a page at a time. A deletion is kept before it is asked which orders know its record, and deletions are read after orders
 * are written: of two writers that bring a record and its deletion at once, one at least sees what the other has written.
 */
@Injectable()
export class OrderWriter {
  private readonly orders: Collection<StoredOrder>;

  constructor(
    @InjectModel(orderModel) orders: Model<StoredOrder>,
    private readonly people: ProfileWriter,
    private readonly due: DueProfiles,
    private readonly deletions: OrderDeletions,
  ) {
    this.orders = nativeCollection<StoredOrder>(orders);
  }

  /** One outcome a row, in their order. */
  async write(rows: OrderRow[], source: PartSource): Promise<Outcome[]> {
    const people = await claimPeople(this.people, source, rows, ordersBring);
    const deleted = await this.deletions.keep(rows.filter((row) => row.deleted));
    const knowing = await this.ordersOfLines([...deleted.keys()]);
    const refused = await this.deletions.refused(rows);
    const outcomes = new Map<OrderRow, Outcome>([...deleted, ...refused]);
    const sayings = rows.flatMap((row, index): Saying[] => {
      const person = people[index];
      if (person && !person.profile) {
        outcomes.set(row, person.outcome);
        return [];
      }
      if (refused.has(row) || outcomes.get(row)?.status === 'retry') return [];
      if (row.head && person) Object.assign(row.head, { p: person.profile, w: person.claim });
      return ordersOf(row, knowing).map((order) => ({ order, row }));
    });

    const ids = [...new Set(sayings.map(({ order }) => order))];
    const announced = async () => [...people.map((person) => person?.profile), ...(await this.ownersOf(ids))];
    await this.due.during(ordersBring, announced, async (concerns) => {
      const told = await this.fold(sayings, concerns);
      for (const [row, outcome] of told) outcomes.set(row, outcome);
      await this.end([...told.keys()], outcomes, concerns);
    });
    return rows.map((row) => outcomes.get(row) ?? unchanged());
  }

  /** What `write` would do, row by row. Writes nothing. */
  async peek(rows: OrderRow[], source: PartSource): Promise<Peek[]> {
    const people = await claimPeople(this.people.peeker(), source, rows);
    const deletes = rows.filter((row) => row.deleted);
    const deleted = await this.deletions.peek(deletes);
    const kept = await this.deletions.of(rows.filter((row) => !row.deleted).map(({ record }) => record));
    const refused = await this.deletions.refused(rows);
    const knowing = await this.ordersOfLines(deletes);
    const known = await documentsById(this.orders, [
      ...rows.map(({ order }) => order),
      ...[...knowing.values()].flat(),
    ]);
    return rows.map((row, index): Peek => {
      const [person, own] = [people[index], deleted.get(row)];
      const orders = ordersOf(row, knowing);
      const [first = row.order] = orders;
      const before = known.get(first);
      const refusal = refused.get(row);
      if (refusal) return { outcome: refusal, ...asPeek(before, before, orderState) };
      if (person && !person.profile) return { outcome: person.outcome, ...asPeek(before, before, orderState) };
      if (row.head && person) row.head.p = person.profile;
      if (own?.after) kept.set(row.record, own.after);
      if (row.line && !row.deleted) addOrder(knowing, row.record, row.order);
      const end = endOf(row, kept.get(row.record));
      let outcome: Outcome | undefined;
      for (const id of orders) {
        const { after, outcomes } = changeOrder(id, known.get(id), end ? [row, end.row] : [row], new Date());
        if (after) known.set(id, after);
        const [told, ended] = outcomes;
        outcome = joinOutcomes(outcome, told && endedOutcome(row, told, ended));
      }
      return { outcome: outcome ?? own?.outcome ?? unchanged(), ...asPeek(before, known.get(first), orderState) };
    });
  }

  /** What rows have come to whose records had been deleted already is taken back. */
  private async end(rows: OrderRow[], outcomes: Map<OrderRow, Outcome>, concerns?: Concerns): Promise<void> {
    const came = rows.filter((row) => !row.deleted && outcomes.get(row)?.status !== 'retry');
    const kept = await this.deletions.of(came.map(({ record }) => record));
    if (kept.size === 0) return;
    const ended = came.flatMap((row) => {
      const end = endOf(row, kept.get(row.record));
      return end ? [{ row, end }] : [];
    });
    const told = await this.fold(
      ended.map(({ end }) => end),
      concerns,
    );
    for (const { row, end } of ended)
      outcomes.set(row, endedOutcome(row, outcomes.get(row) ?? unchanged(), told.get(end.row)));
  }

  /** One outcome a row; none for a deletion of what its orders do not know. */
  private async fold(sayings: readonly Saying[], concerns?: Concerns): Promise<Map<OrderRow, Outcome>> {
    const byOrder = indexesBy(sayings.map(({ order }) => order));
    const told = new Array<Outcome | undefined>(sayings.length).fill(undefined);
    const lost = await foldDocuments(this.orders, [...byOrder.keys()], (id, before) => {
      const places = byOrder.get(id) ?? [];
      const change = changeOrder(
        id,
        before,
        places.map((place) => (sayings[place] as Saying).row),
        new Date(),
      );
      places.forEach((place, i) => (told[place] = change.outcomes[i]));
      if (change.after && concerns) [before?.p, change.after.p].forEach(concerns);
      return change.after;
    });
    for (const id of lost)
      for (const place of byOrder.get(id) ?? [])
        told[place] = retry(250, 'Other writers were changing the same orders; try again.');
    const byRow = new Map<OrderRow, Outcome>();
    sayings.forEach(({ row }, place) => {
      const outcome = joinOutcomes(byRow.get(row), told[place]);
      if (outcome) byRow.set(row, outcome);
    });
    return byRow;
  }

  /** Profiles that orders belong to now. */
  private async ownersOf(ids: string[]): Promise<(string | undefined)[]> {
    const found = await this.orders.find({ _id: { $in: ids } }, { projection: { p: 1 } }).toArray();
    return found.map(({ p }) => p);
  }

  /** Record key → orders, for deleted lines: their rows name nothing but themselves. */
  private async ordersOfLines(deleted: readonly OrderRow[]): Promise<Map<string, string[]>> {
    if (deleted.length === 0) return new Map();
    const records = new Set(deleted.map(({ record }) => record));
    const found = this.orders.find<Pick<StoredOrder, '_id' | 'lines'>>(
      { 'lines.k': { $in: [...records] } },
      { projection: { 'lines.k': 1 } },
    );
    const orders = new Map<string, string[]>();
    for (const { _id, lines } of await found.toArray())
      for (const { k } of lines) if (records.has(k)) addOrder(orders, k, _id);
    return orders;
  }
}

/** The orders that a row says something of: those that know the line that it deletes. */
function ordersOf({ deleted, record, order }: OrderRow, knowing: ReadonlyMap<string, string[]>): string[] {
  return (deleted && knowing.get(record)) || [order];
}

function addOrder(orders: Map<string, string[]>, record: string, order: string): void {
  orders.set(record, [...new Set([...(orders.get(record) ?? []), order])]);
}
