import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Outcome } from '@millrace/sdk';
import { Choices } from '../choices/index.ts';
import { Profiles } from '../people/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';

let test: TestProfiles;
beforeAll(async () => {
  test = await testProfiles();
});
afterAll(() => test.close());

it('counts an opt-out whose source tells no time anew, once the source has said otherwise', async () => {
  const identities = { email: 'ann@x.com' };
  await test.push('profile', [{ identities, traits: {} }]);
  const choices = test.module.get(Choices);
  const { id: profile } = await test.module.get(Profiles).lookup('ann@x.com');
  const says = async (state: 'granted' | 'denied', at: string, run: string): Promise<Outcome['status'] | undefined> => {
    const row = { identities, channel: 'email', state };
    return (await test.push('consent', [row], { at, run, undated: true }))[0]?.status;
  };
  const allowed = async () =>
    (await choices.ofPerson(profile)).permissions.find((one) => one.purpose === 'marketing')?.allowed;

  expect(await says('denied', '2026-01-01T00:00:00Z', 'run_1')).toBe('ok');
  const choice = { channel: 'email', purpose: 'marketing', state: 'granted', at: '2026-02-01T00:00:00Z' } as const;
  await choices.record(profile, choice, 'key_1');
  expect(await says('denied', '2026-02-02T00:00:00Z', 'run_2')).toBe('unchanged');
  expect(await allowed()).toBe(true);
  expect(await says('granted', '2026-02-03T00:00:00Z', 'run_3')).toBe('superseded');
  expect(await allowed()).toBe(true);
  expect(await says('denied', '2026-03-01T00:00:00Z', 'run_4')).toBe('ok');
  expect(await says('denied', '2026-03-01T00:00:00Z', 'run_4')).toBe('ok'); // the same page, after a crash
  expect(await says('denied', '2026-03-02T00:00:00Z', 'run_5')).toBe('unchanged');
  expect(await allowed()).toBe(false);
  const { data } = await choices.historyOf(profile, { limit: 10 });
  expect(data.map(({ state, run }) => [run, state])).toEqual([
    ['run_4', 'denied'],
    ['api', 'granted'],
    ['run_1', 'denied'],
  ]);
});
