import { Injectable, Optional } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { unchanged, type Outcome } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { refusedAsErased, Tombstones } from '#tombstones';
import { documentsById, nativeCollection, peekNewest, writeNewest, type Collection } from '../store/index.ts';
import { orderDeletionModel, type OrderDeletion } from './order-deletion.schema.ts';
import type { OrderRow } from './read-order.ts';

/** Days for which a deletion is remembered, so that older versions that come later bring nothing back. */
const keptDays = 90;

/** Deletions of orders and lines, of which only the record's key is known: whether it is an order's or a line's, and of which order, tells the record. */
@Injectable()
export class OrderDeletions {
  readonly #deletions: Collection<OrderDeletion>;

  constructor(
    @InjectModel(orderDeletionModel) deletions: Model<OrderDeletion>,
    @Optional() private readonly tombstones?: Tombstones,
  ) {
    this.#deletions = nativeCollection<OrderDeletion>(deletions);
  }

  /** One outcome a row that deletes. Of the records of erased people nothing stays. */
  async keep(rows: readonly OrderRow[]): Promise<Map<OrderRow, Outcome>> {
    if (rows.length === 0) return new Map();
    const outcomes = await writeNewest(this.#deletions, rows.map(versionOf), stored);
    // Asked afterwards: either the eraser finds what was written, or it is known here what the eraser buried.
    const erased = await this.#erasedOf(rows);
    if (erased.size > 0) await this.#deletions.deleteMany({ _id: { $in: [...erased].map(({ record }) => record) } });
    return new Map(rows.map((row, i) => [row, erased.has(row) ? unchanged() : (outcomes[i] as Outcome)]));
  }

  /** What `keep` would answer, and what it would keep. Writes nothing. */
  async peek(rows: readonly OrderRow[]): Promise<Map<OrderRow, { outcome: Outcome; after?: OrderDeletion }>> {
    if (rows.length === 0) return new Map();
    const peeks = await peekNewest(this.#deletions, rows.map(versionOf), stored);
    const erased = await this.#erasedOf(rows);
    return new Map(
      rows.map((row, i) => [row, erased.has(row) ? { outcome: unchanged() } : (peeks[i] ?? { outcome: unchanged() })]),
    );
  }

  /** Rows that name nobody, of records that went with somebody who was erased: an order's lines and states come without saying whose they are. */
  async refused(rows: readonly OrderRow[]): Promise<Map<OrderRow, Outcome>> {
    const erased = await this.#erasedOf(rows.filter(({ deleted, ids }) => !deleted && ids.length === 0));
    return new Map([...erased].map((row) => [row, refusedAsErased()]));
  }

  /** By record. */
  of(records: readonly string[]): Promise<Map<string, OrderDeletion>> {
    return documentsById(this.#deletions, records);
  }

  async #erasedOf(rows: readonly OrderRow[]): Promise<Set<OrderRow>> {
    const { tombstones } = this;
    return (await tombstones?.rowsAbout(rows, ({ record }) => [tombstones.hashOfRecord(record)])) ?? new Set();
  }
}

type DeletedVersion = Omit<OrderDeletion, 'v' | 'expiresAt'>;

function versionOf({ record, head, undated }: OrderRow): DeletedVersion & { undated?: boolean } {
  const { a = 0, s = 0, b = '', h = '' } = head ?? {};
  return { _id: record, a, s, b, h, d: true, ...(undated && { undated }) };
}

function stored(version: DeletedVersion, v: number): OrderDeletion {
  return { ...version, v, expiresAt: new Date(Date.now() + keptDays * 86_400_000) };
}
