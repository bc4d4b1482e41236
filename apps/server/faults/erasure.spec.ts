import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chance } from './testing/chance.ts';
import type { EndState } from './testing/end-state.ts';
import { Installation } from './testing/installation.ts';
import { orders, people } from './testing/shop.ts';

const luck = chance();
const visits = 40_000;
const [address, name, secret] = ['p10@shop.example', 'Ann 10', 'secret-of-p10'];

interface Request {
  _id: string;
  state: string;
  epoch: number;
  counts: Record<string, number>;
  destinations: { deleted: number; byHand: number }[];
}

describe(`erasing somebody (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;

  beforeAll(async () => {
    mill = await Installation.start(2);
    await mill.clean('people', 'orders', 'crm');
    mill.source.rows = { people: people(60), orders: orders(60) };
    for (const { state } of await mill.run('people', 'orders', 'crm')) expect(state).toBe('succeeded');
    const { id } = await mill.api.post<{ id: string }>('/api/profiles/lookup', { identity: address });
    const visit = (n: number) => ({
      ...{ _id: `visit-${n}`, k: `con_site/visits/${n}`, b: 'run_1', name: 'Visit', at: new Date(n), p: id },
      properties: { secret },
    });
    const events = mill.db.collection<{ _id: string }>('events');
    for (let n = 0; n < visits; n += 10_000)
      await events.insertMany(Array.from({ length: 10_000 }, (_, i) => visit(n + i)));
  });
  afterAll(() => mill?.stop());

  const requests = () => mill.db.collection<Request>('privacy_requests');
  /** Time passes for what waits. */
  const endWaits = () =>
    requests().updateMany(
      { state: 'waiting' },
      { $set: { notBefore: new Date(), 'steps.$[].doneAt': new Date(Date.now() - 3_600_000) } },
    );

  /** The documents of every collection in which something of the person is found. */
  async function found(): Promise<string[]> {
    const hits = new Set<string>();
    for (const collection of await mill.db.collections()) {
      for await (const document of collection.find()) {
        const text = JSON.stringify(document);
        if ([address, `"${name}"`, secret].some((value) => text.includes(value))) hits.add(collection.collectionName);
      }
    }
    return [...hits].sort();
  }

  it('leaves nothing of them and everything of others, though workers are killed in the middle of it', async () => {
    const before = withoutThem(await mill.endState());
    expect(await found()).toEqual(expect.arrayContaining(['events', 'identities', 'profiles']));
    expect(Object.keys(mill.receiver.state('crm'))).toContain('11');
    const { id } = await mill.api.post<{ id: string }>('/api/privacy/requests', { kind: 'erase', identity: address });
    const onceErased = (events: number) =>
      mill.until('something is erased', async () => {
        await endWaits();
        const now = await requests().findOne({ _id: id });
        return now && (now.state === 'done' || (now.counts.events ?? 0) >= events) ? now : undefined;
      });
    let kills = 0;
    for (let seen = 0; kills < 10; kills++) {
      const { state, counts } = await onceErased(seen + luck.int(1, visits / 8));
      if (state === 'done') break;
      seen = counts.events ?? 0;
      await mill.workers.replace(luck.pick(mill.workers.alive));
      // As if so much time had passed: another worker takes over, from one that was killed or from one that is at it.
      await requests().updateMany({ _id: id, state: 'running' }, { $set: { leaseUntil: new Date(1) } });
    }
    await onceErased(Infinity);
    expect(kills).toBeGreaterThan(3);
    expect(await found()).toEqual([]);
    const { counts, destinations } = (await requests().findOne({ _id: id })) as Request;
    expect(counts.events).toBeLessThanOrEqual(visits); // what was erased right before a kill is not counted
    expect(destinations.reduce((all, { deleted, byHand }) => all + deleted + byHand, 0)).toBeGreaterThanOrEqual(1);
    expect(withoutThem(await mill.endState())).toEqual(before);
    expect(Object.keys(mill.receiver.state('crm'))).not.toContain('11');

    const again = await mill.api.post<{ id: string }>('/api/syncs/people/runs', { full: true });
    const [run] = await mill.untilEnded([again.id]);
    expect(run?.ledger.rejected).toBe(1);
    expect(await found()).toEqual([]);
    expect(withoutThem(await mill.endState())).toEqual(before);
  }, 900_000);
});

/** What is said of others: orders of nobody else's, and the empty mark of somebody who is erased, are not. */
function withoutThem({ people: known, identities, orders: bought, crm }: EndState) {
  const others = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([key, value]) => key !== '' && !isTheirs(key) && !isTheirs(value)));
  return { people: others(known), identities: others(identities), orders: others(bought), crm: others(crm) };
}

function isTheirs(value: unknown): boolean {
  const text = JSON.stringify(value);
  return text.includes(address) || text.includes(`"${name}"`);
}
