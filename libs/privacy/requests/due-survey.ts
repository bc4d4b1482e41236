import { Injectable } from '@nestjs/common';
import { mostCounted, type DueRequests, type DueTime, type RequestSurvey } from '#alerts';
import { RequestStore } from './request-store.ts';

/** So many are told one by one. */
const told = 3;

/** Which requests are not finished though they have to be done, for alert rules. */
@Injectable()
export class DueSurvey implements RequestSurvey {
  constructor(private readonly store: RequestStore) {}

  async due({ from, until }: DueTime): Promise<DueRequests> {
    const { collection } = this.store;
    const filter = { open: true as const, dueAt: { $lt: until, ...(from && { $gte: from }) } };
    const projection = { kind: 1, reference: 1, dueAt: 1 };
    const found = await collection.find(filter, { sort: { dueAt: 1 }, limit: told, projection }).toArray();
    const first = found.map(({ _id: id, kind, reference, dueAt }) => ({
      ...{ id, kind, dueAt },
      ...(reference !== undefined && { reference }),
    }));
    if (first.length < told) return { count: first.length, first };
    return { count: await collection.countDocuments(filter, { limit: mostCounted }), first };
  }
}
