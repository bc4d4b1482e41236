import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { connectMongo, ensureIndexes, Vault } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { DueSurvey } from './due-survey.ts';
import { privacyRequestModel, privacyRequestSchema, type PrivacyRequest } from './request.schema.ts';
import { RequestStore } from './request-store.ts';

const now = new Date('2026-01-05T06:00:00Z');
const inHours = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

describe('requests that have to be done', () => {
  let connection: Connection;
  let store: RequestStore;
  let survey: DueSurvey;

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const model = connection.model<PrivacyRequest>(privacyRequestModel, privacyRequestSchema);
    await ensureIndexes(connection);
    store = new RequestStore(model, new Vault(randomBytes(32).toString('base64')));
    survey = new DueSurvey(store);
    const request = (_id: string, dueAt: Date): PrivacyRequest => ({
      ...{ _id, kind: 'erase', state: 'waiting', identity: 'hash', identityKind: 'email', reason: 'ann@x.com' },
      ...{ requestedBy: { id: 'key_1', name: 'Kim', role: 'admin' }, requestedAt: now, dueAt },
      ...{ steps: [], counts: {}, destinations: [], open: true, notBefore: now, epoch: 0, leaseUntil: now },
    });
    const { open: _, ...done } = request('prq_done', inHours(-5));
    await store.collection.insertMany([
      ...Array.from({ length: 20 }, (_, index) => request(`prq_${index}`, inHours(20 - index))),
      { ...request('prq_late', inHours(-1)), reference: 'T-1' },
      { ...done, state: 'done', finishedAt: now },
    ]);
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  it('are counted, the most urgent ones told, without those that are done', async () => {
    const late = { id: 'prq_late', kind: 'erase', reference: 'T-1', dueAt: inHours(-1) };
    expect(await survey.due({ until: now })).toEqual({ count: 1, first: [late] });
    const near = await survey.due({ from: now, until: inHours(11) });
    expect([near.count, near.first.map(({ id }) => id)]).toEqual([10, ['prq_19', 'prq_18', 'prq_17']]);
  });

  it('are found by an index', async () => {
    const due = store.collection.find({ open: true, dueAt: { $lt: now, $gte: now } }, { sort: { dueAt: 1 }, limit: 3 });
    expect(JSON.stringify(await due.explain('queryPlanner'))).toContain('"indexName":"open_1_dueAt_1"');
  });
});
