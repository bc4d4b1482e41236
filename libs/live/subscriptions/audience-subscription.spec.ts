import { expect, it } from '@jest/globals';
import type { Audiences, Membership, Profiles, StoredAudienceChange } from '#profiles';
import type { Runs } from '#sync';
import { Subscriptions, type Subscribe } from './subscriptions.ts';

const hour = 3_600_000;

it('tells what changes after it began where the clocks of database and process differ by an hour', async () => {
  for (const ahead of [-hour, hour]) {
    const changes: StoredAudienceChange[] = [];
    const now = (): Date => new Date(Date.now() + ahead);
    const enter = (profile: string): void => {
      changes.push({ _id: profile, audiences: ['oslo'], profile, v: 1, at: now(), recordedAt: now() });
    };
    const membership = {
      now: () => Promise.resolve(now()),
      changesAfter: ({ until = now() }: { until?: Date }, { recordedAt }: { recordedAt: Date }) =>
        Promise.resolve(changes.filter((one) => one.recordedAt >= recordedAt && one.recordedAt <= until)),
    } as unknown as Membership;
    const audiences = { get: () => Promise.resolve({}) } as unknown as Audiences;
    const subscriptions = new Subscriptions({} as Profiles, audiences, membership, {} as Runs);
    enter('before');
    const wanted = { type: 'subscribe', id: 'o', to: 'audience', audience: 'oslo' } as Subscribe;
    const subscription = await subscriptions.make(wanted, { role: 'viewer' } as never);
    enter('after');
    const told = await subscription.look({ versions: new Map() });
    expect(told).toMatchObject([{ type: 'changes', data: [{ profile: 'after' }] }]);
    expect(await subscription.look({ versions: new Map() })).toEqual([]);
  }
});
