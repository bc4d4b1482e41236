import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { DueProfiles } from '../due/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import { orderIndex, type StoredOrder } from '../orders/index.ts';
import { foldDocuments, type Filter } from '../store/index.ts';

const atATime = 500;

/**
 * What orders of others say of people who are erased. Of several streams that tell of one order, each says whose it is, and the newest counts; and a row may have
 * named two who were told apart since.
 */
@Injectable()
export class OrdersOfOthers {
  constructor(
    private readonly activity: ActivityStore,
    private readonly due: DueProfiles,
  ) {}

  /** After the people's own orders are gone. Whatever names nobody but them goes with them. Gives how many orders were changed. */
  async forget(identities: readonly IdentityKey[], onceTogether: readonly string[]): Promise<number> {
    const theirs = { 'heads.i': { $in: [...identities] } } as Filter<StoredOrder>;
    const bySeveral = await this.forgetIn({ ...theirs, 'heads.1': { $exists: true } }, identities);
    return bySeveral + (await this.forgetIn({ ...theirs, p: { $in: [...onceTogether] } }, identities));
  }

  private async forgetIn(filter: Filter<StoredOrder>, identities: readonly IdentityKey[]): Promise<number> {
    const erased = new Set(identities);
    const { orders } = this.activity;
    for (let changed = 0; ;) {
      const page = await orders.find(filter, { projection: { p: 1 }, limit: atATime }).toArray();
      if (page.length === 0) return changed;
      const ids = page.map(({ _id }) => _id);
      const people = page.map(({ p }) => p);
      const lost = await this.due.during(
        ['orders', 'orderLines'],
        () => people,
        () => foldDocuments(orders, ids, (_, order) => order && without(order, erased)),
      );
      changed += ids.length - lost.size;
    }
  }
}

function without(order: StoredOrder, erased: ReadonlySet<IdentityKey>): StoredOrder | undefined {
  if (!order.heads.some(({ i }) => i.some((id) => erased.has(id)))) return undefined;
  const heads = order.heads.flatMap((head) => {
    const i = head.i.filter((id) => !erased.has(id));
    return i.length > 0 || head.i.length === 0 ? [{ ...head, i }] : [];
  });
  const { _id, v, lines, createdAt } = order;
  const changed = { heads, lines };
  return { _id, v: v + 1, ...changed, ...orderIndex(changed), createdAt, updatedAt: new Date() };
}
