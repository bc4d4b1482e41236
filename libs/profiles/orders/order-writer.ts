import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { retry, unchanged, type Outcome, type Peek } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { DueProfiles } from '../due/index.ts';
import type { PartSource } from '../folding/index.ts';
import { asPeek, documentsById, foldDocuments, indexesBy, nativeCollection, type Collection } from '../store/index.ts';
import { claimPeople, ProfileWriter } from '../writer/index.ts';
import { changeOrder } from './order-changes.ts';
import { orderState } from './fold-order.ts';
import { orderModel, type StoredOrder } from './order.schema.ts';
import type { OrderRow } from './read-order.ts';

/** Folds rows into orders, a page at a time. */
@Injectable()
export class OrderWriter {
  private readonly orders: Collection<StoredOrder>;

  constructor(
    @InjectModel(orderModel) orders: Model<StoredOrder>,
    private readonly people: ProfileWriter,
    private readonly due: DueProfiles,
  ) {
    this.orders = nativeCollection<StoredOrder>(orders);
  }

  /** One outcome a row, in their order. */
  async write(rows: OrderRow[], source: PartSource): Promise<Outcome[]> {
    const outcomes = new Array<Outcome | undefined>(rows.length).fill(undefined);
    const people = await claimPeople(this.people, source, rows);
    const lineOrders = await this.ordersOfLines(rows);
    const orders = rows.map((row, index) => {
      const person = people[index];
      if (person && !person.profile) {
        outcomes[index] = person.outcome;
        return undefined;
      }
      if (row.head && person) Object.assign(row.head, { p: person.profile, w: person.claim });
      return (row.deleted && lineOrders.get(row.record)) || row.order;
    });
    const byOrder = indexesBy(orders);

    const ids = [...byOrder.keys()];
    const announced = async () => [...people.map((person) => person?.profile), ...(await this.ownersOf(ids))];
    const lost = await this.due.during(['orders', 'orderLines'], announced, (concerns) =>
      foldDocuments(this.orders, ids, (id, before) => {
        const indexes = byOrder.get(id) ?? [];
        const change = changeOrder(
          id,
          before,
          indexes.map((index) => rows[index] as OrderRow),
          new Date(),
        );
        indexes.forEach((index, i) => (outcomes[index] = change.outcomes[i]));
        if (change.after && concerns) [before?.p, change.after.p].forEach(concerns);
        return change.after;
      }),
    );
    for (const id of lost) for (const index of byOrder.get(id) ?? []) outcomes[index] = undefined;
    return outcomes.map((outcome) => outcome ?? retry(250, 'Other writers were changing the same orders; try again.'));
  }

  /** What `write` would do, row by row. Writes nothing. */
  async peek(rows: OrderRow[], source: PartSource): Promise<Peek[]> {
    const people = await claimPeople(this.people.peeker(), source, rows);
    const lineOrders = await this.ordersOfLines(rows);
    const idOf = (row: OrderRow): string => (row.deleted && lineOrders.get(row.record)) || row.order;
    const known = await documentsById(this.orders, rows.map(idOf));
    return rows.map((row, index): Peek => {
      const [id, person] = [idOf(row), people[index]];
      const before = known.get(id);
      if (person && !person.profile) return { outcome: person.outcome, ...asPeek(before, before, orderState) };
      if (row.head && person) row.head.p = person.profile;
      const { after = before, outcomes } = changeOrder(id, before, [row], new Date());
      if (after) known.set(id, after);
      return { outcome: outcomes[0] ?? unchanged(), ...asPeek(before, after, orderState) };
    });
  }

  /** Profiles that orders belong to now. */
  private async ownersOf(ids: string[]): Promise<(string | undefined)[]> {
    const found = await this.orders.find({ _id: { $in: ids } }, { projection: { p: 1 } }).toArray();
    return found.map(({ p }) => p);
  }

  /** Record key → order, for deleted lines: their rows name nothing but themselves. */
  private async ordersOfLines(rows: OrderRow[]): Promise<Map<string, string>> {
    const deleted = rows.filter((row) => row.deleted).map(({ record }) => record);
    if (deleted.length === 0) return new Map();
    const found = await this.orders
      .find<Pick<StoredOrder, '_id' | 'lines'>>({ 'lines.k': { $in: deleted } }, { projection: { 'lines.k': 1 } })
      .toArray();
    return new Map(found.flatMap(({ _id, lines }) => lines.map(({ k }): [string, string] => [k, _id])));
  }
}
