import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { toldFields } from '../../console/sync-form/told-fields.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { signedIn } from './testing/signed-in.ts';

interface Schemas {
  components: { schemas: Record<string, { properties: object } | undefined> };
}

describeWithChromium('a sync is made in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/syncs'); // it is built meanwhile
    const people = [
      { id: 1, email: 'ann@example.com', first_name: 'Ann', city: 'Oslo', plan: 'gold' },
      { id: 2, email: 'not an address', first_name: 'Wei', city: 'Rome', plan: 'free' },
    ];
    await writeFile(join(server.folder, 'people.jsonl'), people.map((row) => `${JSON.stringify(row)}\n`).join(''));
    browser = await launchChromium();
    await built(server);
    page = await enter('operator');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = (role: string) => signedIn(server, browser, { role, at: 'syncs' });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const group = (name: string) => page.getByRole('group', { name });
  const rule = (target: string, within = 'Mapping to Profile') => group(within).getByLabel(`Rule for ${target}`);
  const faulty = () => page.locator('[aria-invalid]');
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const saved = async (sync: string) => (await server.http.get<Record<string, unknown>>(`/api/syncs/${sync}`)).data;
  const targets = () =>
    group('Mapping to Profile')
      .getByLabel(/^Target/)
      .evaluateAll((found) => found.map((one) => (one as unknown as { value: string }).value));

  it('from an empty list, which points to a connection first', async () => {
    await page.getByRole('link', { name: 'Connect something' }).waitFor();
    const connection = { name: 'Customer list', connector: 'file', config: { path: 'people.jsonl', key: ['id'] } };
    await server.http.put('/api/connections/customers', connection);
    const shop = { name: 'Web shop', connector: 'webhook', config: { url: 'http://127.0.0.1:9/hook', key: ['id'] } };
    await server.http.put('/api/connections/shop', shop);
    await page.reload();
    await page.getByRole('link', { name: 'Make the first one' }).click();
    await heading('New sync').waitFor();
    await button('Save').click();
    expect(await faulty().count()).toBe(3);
    await page.getByLabel('Name required').and(page.locator(':focus')).waitFor();
    await page.getByText('Choose where it reads from.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const options = group('To').getByLabel('Destination').getByRole('option');
    await options.filter({ hasText: 'Web shop' }).waitFor({ state: 'attached' });
    expect(await options.allTextContents()).toEqual([
      'Profile store (part of Millrace)',
      'Landing (part of Millrace)',
      'Collected events (part of Millrace)',
      'Customer list',
      'Web shop',
    ]);
  });

  it('of a stream that is named in the address, by the keyboard: mapped, tried, saved and run', async () => {
    await page.goto(`${server.url}/new-sync/customers/rows`);
    await page.getByLabel('Object').focus();
    await group('To').getByRole('option', { name: 'Profile', exact: true }).waitFor({ state: 'attached' });
    await page.keyboard.type('Profile');
    await rule('identities.email').waitFor();
    expect(await targets()).toEqual(['identities.$source', 'identities.email', 'traits.firstName', 'traits.city']);
    await hasValue(page.getByLabel('Name required'), 'Customer list');
    await rule('traits.city').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('traits.source');
    await page.keyboard.press('Tab');
    await page.keyboard.type('{ "value": "list" }');
    await button('Add the field that is left').focus();
    await page.keyboard.press('Space');
    expect(await rule('traits.plan').inputValue()).toBe('plan');
    await page.getByLabel('Target 6').and(page.locator(':focus')).waitFor();
    await button('Try it').focus();
    await page.keyboard.press('Enter');
    const tried = page.getByRole('region', { name: 'Try it' });
    await tried.getByText('2 rows: 1 create, 1 rejected.').waitFor();
    await tried.getByText('traits.source list').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await rule('traits.city').fill('city | upper');
    await tried.getByText('The sync was changed since then.').waitFor();
    await button('Save and run').focus();
    await page.keyboard.press('Enter');
    await heading(/^Run of/).waitFor();
    await page.getByText('succeeded', { exact: true }).first().waitFor();
    const { data } = await server.http.post<{ traits: object }>('/api/profiles/lookup', {
      identity: 'email:ann@example.com',
    });
    expect(data.traits).toEqual({ firstName: 'Ann', city: 'OSLO', source: 'list', plan: 'gold' });
    await page.goBack();
    await heading('New sync').waitFor();
    await group('From')
      .getByLabel('Stream')
      .locator('option:checked', { hasText: 'Rows' })
      .waitFor({ state: 'attached' });
    expect(await page.getByText('not saved').count()).toBe(0);
  });

  it('with a mistake that is told at its row, and nothing is lost, not even when somebody looks elsewhere', async () => {
    await page.goto(`${server.url}/new-sync/customers`);
    await hasValue(page.getByLabel('Name required'), 'Customer list');
    await page.getByLabel('Object').selectOption('profile');
    await rule('traits.city').fill('city | shout');
    await page.getByLabel('It runs').selectOption('cron');
    await page.getByLabel('Times').fill('at six');
    await page.getByLabel('Labels').fill('shop, crm');
    await button('Save').click();
    await rule('traits.city').and(page.locator(':focus')).waitFor();
    await group('Mapping to Profile').getByText('Column 8: there is no transform "shout".').waitFor();
    expect(await faulty().count()).toBe(1);
    await rule('traits.city').fill('city | upper');
    await button('Save').click();
    await page.getByLabel('Times').and(page.locator(':focus')).waitFor();
    await group('Schedule').getByText('"at six" is not a schedule.').waitFor();
    await page.getByRole('link', { name: 'Templates' }).click();
    await heading('Templates').waitFor();
    await button('Sign out').click();
    await dialog('Sign out and lose changes?').getByRole('button', { name: 'Stay' }).click();
    await page.goBack();
    await page.getByText('This is what you had filled in and not saved.').waitFor();
    expect(await page.getByLabel('Times').inputValue()).toBe('at six');
    expect(await page.getByLabel('Labels').inputValue()).toBe('shop, crm');
    await rule('traits.city').waitFor();
    await button('Cancel').click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Stay' }).click();
    await button('Cancel').click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Leave without saving' }).click();
    await heading('Syncs').waitFor();
    await page.goBack();
    await heading('New sync').waitFor();
    expect(await page.getByText('not saved').count()).toBe(0);
    expect(await page.getByLabel('Labels').inputValue()).toBe('');
  });

  it('though a connection cannot tell what it offers at first', async () => {
    await page.route('**/api/connections/*/streams', (route) =>
      route.fulfill({ status: 502, json: { code: 'unreachable', detail: 'The shop does not answer.' } }),
    );
    await page.goto(`${server.url}/new-sync/customers`);
    await group('From').getByRole('alert').getByText('The shop does not answer.').waitFor();
    await page.getByLabel('Name required').fill('Mine');
    await page.unroute('**/api/connections/*/streams');
    await button('Ask again').click();
    await page.getByLabel('Object').selectOption('profile');
    await rule('identities.email').waitFor();
    expect(await page.getByLabel('Name required').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Remove traits.city' }).click();
    await button('Begin anew').click();
    await rule('traits.city').waitFor();
    await button('Cancel').click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Leave without saving' }).click();
  });

  it('and changed, without losing what the form does not know of or nobody touched', async () => {
    await server.http.put('/api/syncs/both', {
      name: 'Both',
      from: { connection: 'customers', stream: 'rows', key: ['id', 'email'] },
      to: { connection: 'profiles' },
      outputs: {
        profile: { 'identities.email': 'email', 'traits.source': { value: { is: ['shop'] } } },
        consent: { 'identities.email': 'email', channel: { value: 'email' }, state: { value: 'granted' } },
      },
      filter: { field: 'email', is: 'exists' },
      delivery: 'atMostOnce',
      drift: 'pause',
      labels: ['a, b'],
      paused: true,
    });
    const before = await saved('both');
    await page.goto(`${server.url}/syncs/both`);
    await button('Settings').click();
    await rule('identities.email').fill('email | lower');
    expect(await rule('channel', 'Mapping to Consent').inputValue()).toBe('{ "value": "email" }');
    await page.getByLabel('It runs').selectOption('every');
    await page.getByLabel('Every').fill('6h');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('Every').press('Enter');
    await heading('Both').waitFor();
    await page.getByText('every 6h').waitFor();
    const { revision: _revision, updatedAt: _updatedAt, ...after } = await saved('both');
    expect({ ...before, ...after }).toEqual({
      ...before,
      schedule: { every: '6h' },
      outputs: {
        ...(before.outputs as object),
        profile: { 'identities.email': 'email | lower', 'traits.source': { value: { is: ['shop'] } } },
      },
      nextRunAt: expect.any(String),
      reason: expect.any(String),
    });
  });

  it('not over what somebody else saved meanwhile, unless that is meant', async () => {
    await page.goto(`${server.url}/syncs/both/settings`);
    await page.getByLabel('Every').fill('2h');
    await server.http.patch('/api/syncs/both', { labels: ['theirs'] });
    await button('Save').click();
    await page.getByText('Somebody else changed this sync meanwhile. Nothing was saved.').waitFor();
    expect(await saved('both')).toMatchObject({ schedule: { every: '6h' }, labels: ['theirs'] });
    await button('Take theirs').click();
    expect(await page.getByLabel('Labels').inputValue()).toBe('theirs');
    expect(await page.getByLabel('Every').inputValue()).toBe('6h');
    await page.getByLabel('Every').fill('3h');
    await server.http.patch('/api/syncs/both', { paused: false, drift: 'add' });
    await button('Save').click();
    const both = page.getByRole('table', { name: 'Where they differ' });
    await both.waitFor();
    expect((await both.getByRole('row').allTextContents()).slice(1)).toEqual([
      'Scheduleevery 6hevery 3h',
      'A new or changed field of the sourceaddpause',
    ]);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Save mine').click();
    await heading('Both').waitFor();
    const dueAt = String((await saved('both')).nextRunAt);
    await page.getByText(`The next one is due at ${dueAt.slice(0, 19).replace('T', ' ')} UTC.`).waitFor();
    expect(await saved('both')).toMatchObject({ schedule: { every: '3h' }, drift: 'pause', paused: false });
  });

  it('and is removed, unless another one runs after it', async () => {
    await server.http.put('/api/syncs/after', {
      ...{ name: 'Follower', schedule: { after: 'both' } },
      ...{ from: { connection: 'customers', stream: 'rows' }, to: { connection: 'profiles', object: 'profile' } },
      mapping: { 'identities.email': 'email' },
    });
    await page.goto(`${server.url}/syncs/both`);
    await button('Remove this sync').click();
    await dialog('Remove “Both”?').getByText('stays').waitFor();
    await dialog('Remove “Both”?').getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('alert').getByText('Sync "Follower"').waitFor();
    await page.goto(`${server.url}/syncs/after/settings`);
    await page
      .getByLabel('After each success of')
      .locator('option:checked', { hasText: 'Both' })
      .waitFor({ state: 'attached' });
    await page.getByLabel('It runs').selectOption('none');
    await button('Save').click();
    await heading('Follower').waitFor();
    await page.goto(`${server.url}/syncs/both`);
    await button('Remove this sync').click();
    await dialog('Remove “Both”?').getByRole('button', { name: 'Remove it' }).click();
    await heading('Syncs').waitFor();
    expect((await server.http.get('/api/syncs/both')).status).toBe(404);
  });

  it('on a phone too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${server.url}/syncs/after/settings`);
    await rule('identities.email').waitFor();
    await page.getByText('More', { exact: true }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('without a mouse, also where the last rule goes, and where it begins anew', async () => {
    await page.getByRole('button', { name: 'Remove identities.email' }).press('Enter');
    await button('Add a target').and(page.locator(':focus')).waitFor({ timeout: 20_000 });
    await button('Begin anew').press('Enter');
    await page.locator('[data-target]').first().and(page.locator(':focus')).waitFor({ timeout: 20_000 });
  });

  it('by nobody who may only look', async () => {
    const theirs = await enter('viewer');
    expect(await theirs.getByRole('button', { name: 'New sync' }).count()).toBe(0);
    await theirs.goto(`${server.url}/new-sync`);
    await theirs.getByText('Syncs are made and changed by operators').waitFor();
    await theirs.context().close();
  });

  it('knows what the API tells of a sync and does not take back', async () => {
    const { schemas } = (await server.http.get<Schemas>('/docs-json')).data.components;
    const fieldsOf = (schema: string) => Object.keys(schemas[schema]?.properties ?? {});
    const taken = fieldsOf('SyncDto');
    expect(Object.keys(await saved('after')).filter((field) => !fieldsOf('SyncResponse').includes(field))).toEqual([]);
    expect(
      fieldsOf('SyncResponse')
        .filter((field) => !taken.includes(field))
        .sort(),
    ).toEqual(toldFields.toSorted());
  });

  it('ran without an error', () => expect(errors).toEqual([]));
});
