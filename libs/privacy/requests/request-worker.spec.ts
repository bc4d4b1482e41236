import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { AuditLog } from '#access';
import { connectMongo, createLog, ensureIndexes, Settings, Signer, Vault } from '#platform';
import { dropTestDatabase, gate, testServices } from '#tools/testing';
import { privacyRequestModel, privacyRequestSchema, type PrivacyRequest } from './request.schema.ts';
import { RequestStore } from './request-store.ts';
import { RequestWorker } from './request-worker.ts';
import type { StepsOfKinds } from './steps/index.ts';
import { waitFor, type Step } from './work.ts';

const minute = 60_000;
const start = new Date();
const at = (minutes: number) => (): Date => new Date(start.getTime() + minutes * minute);

describe('carrying out a request', () => {
  let connection: Connection;
  let store: RequestStore;
  const noted: string[] = [];
  const key = randomBytes(32).toString('base64');

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const model = connection.model<PrivacyRequest>(privacyRequestModel, privacyRequestSchema);
    await ensureIndexes(connection);
    store = new RequestStore(model, new Vault(key));
  });
  beforeEach(async () => {
    noted.splice(0);
    await store.collection.deleteMany({});
    await store.collection.insertOne({
      ...{ _id: 'prq_1', kind: 'erase', state: 'queued', identity: 'hash', identityKind: 'email' },
      subject: store.seal({ profiles: [], identities: ['email:ann@x.com'], records: [] }),
      requestedBy: { id: 'key_1', name: 'Kim', role: 'admin' },
      ...{ requestedAt: start, dueAt: at(60)(), steps: [], counts: {}, destinations: [], open: true },
      ...{ notBefore: start, epoch: 0, leaseUntil: new Date(0) },
    });
  });
  afterEach(() => void jest.useRealTimers());
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  const worker = (steps: Step[]): RequestWorker => {
    const audit = { note: async (_: object, deed: string) => void noted.push(deed) } as unknown as AuditLog;
    const log = createLog({ level: 'silent' });
    const all = { of: () => steps } as unknown as StepsOfKinds;
    return new RequestWorker(new Settings(), log, store, all, new Signer(key), audit);
  };
  const now = (): Promise<PrivacyRequest> => store.require('prq_1');

  it('goes on behind the last step that was done, waits where a step asks for it, and forgets whom it was about', async () => {
    const done: string[] = [];
    const step = (name: string, run: Step['run'] = async () => undefined): Step => ({
      name,
      run: async (work) => {
        done.push(name);
        return run(work);
      },
    });
    let failures = 0;
    const failsOnce = step('erase', async (work) => {
      await work.count({ events: 2 });
      if (failures++ === 0) throw new Error('killed');
      return undefined;
    });
    const waitsOnce = step('destinations', async ({ now: time }) =>
      time < at(30)() ? waitFor(time, 30 * minute, 'The CRM is down.') : undefined,
    );
    const one = worker([step('find'), failsOnce, waitsOnce]);
    await one.work(at(0));
    expect(await now()).toMatchObject({ state: 'waiting', reason: 'Something failed; see the log.' });
    await one.work(at(2));
    expect(await now()).toMatchObject({ state: 'waiting', reason: 'The CRM is down.', open: true });
    await one.work(at(3)); // not yet due
    await one.work(at(40));
    expect(done).toEqual(['find', 'erase', 'erase', 'destinations', 'destinations']);
    const finished = await now();
    expect(finished).toMatchObject({ state: 'done', counts: { events: 4 }, proof: expect.any(String) });
    expect(finished).not.toHaveProperty('subject');
    expect(finished).not.toHaveProperty('reason');
    expect(noted).toEqual(['ERASED']);
  });

  it('keeps a request while one step of it takes longer than its lease', async () => {
    jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
    const epochs: number[] = [];
    const other = worker([]);
    const long: Step = {
      name: 'erase',
      run: async () => {
        for (let turn = 1; turn <= 6; turn++) {
          jest.advanceTimersByTime(20_000);
          while ((await now()).leaseUntil.getTime() < Date.now() + minute); // until it is renewed
          await other.work(() => new Date());
          epochs.push((await now()).epoch);
        }
        return undefined;
      },
    };
    await worker([long]).work(at(0));
    expect(epochs).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await now()).toMatchObject({ state: 'done', epoch: 1 });
  });

  it('carries out others meanwhile, where one waits for somebody who does not answer', async () => {
    const first = await now();
    await store.collection.insertOne({ ...first, _id: 'prq_2' });
    const entered = new Set<string>();
    const { opened: answered, open: answer } = gate();
    const step: Step = {
      name: 'destinations',
      run: async ({ request }) => {
        entered.add(request._id);
        if (entered.size === 1) await answered;
        return undefined;
      },
    };
    const one = worker([step]);
    one.onApplicationBootstrap();
    while ((await store.collection.countDocuments({ state: 'done' })) < 1) await delay(20);
    expect(await store.collection.countDocuments({ state: 'running' })).toBe(1);
    answer();
    await one.onApplicationShutdown();
    expect(await store.collection.countDocuments({ state: 'done' })).toBe(2);
  });

  it('gives back what is under way when the process ends, for another one to go on with', async () => {
    const { opened: begun, open: begin } = gate();
    const endless: Step = {
      name: 'erase',
      run: async (work) => {
        for (;;) {
          await work.count({ events: 1 });
          begin();
        }
      },
    };
    const ending = worker([endless]);
    ending.onApplicationBootstrap();
    await begun;
    await ending.onApplicationShutdown();
    expect(await now()).toMatchObject({ state: 'running', leaseUntil: new Date(0), steps: [] });
    await worker([{ name: 'erase', run: async () => undefined }]).work(() => new Date());
    expect(await now()).toMatchObject({ state: 'done', epoch: 2 });
  });

  it('notes nothing when another worker has taken over', async () => {
    const other = worker([{ name: 'erase', run: async () => undefined }]);
    const stalled = worker([
      {
        name: 'erase',
        run: async (work) => {
          await other.work(at(10)); // its lease is over by then
          await work.count({ events: 1 });
          return undefined;
        },
      },
    ]);
    await stalled.work(at(0));
    expect(await now()).toMatchObject({ state: 'done', counts: {}, steps: [{ name: 'erase' }] });
    expect(noted).toEqual(['ERASED']);
  });
});
