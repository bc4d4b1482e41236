import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { ApiClient, type RunView } from '../../cli/index.ts';
import { endedRun } from '../testing/ended-run.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

describeWithChromium('what a connection said about people, in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/connections'); // it is built meanwhile
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n2,wei@example.com\n');
    const config = { path: 'people.csv', key: ['id'] };
    await server.http.put('/api/connections/shop', { connector: 'file', name: 'The shop', config });
    const ends = {
      from: { connection: 'shop', stream: 'rows' },
      to: { connection: 'profiles', object: 'profile' },
    };
    await server.http.put('/api/syncs/people', {
      ...{ name: 'People of the shop', ...ends },
      mapping: { 'identities.email': 'email' },
    });
    const api = new ApiClient({ url: server.url, key: server.adminKey });
    await endedRun(api, await api.post<RunView>('/api/syncs/people/runs'));
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'operator', at: 'connections/shop' });
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const section = () => page.getByRole('region', { name: 'What it said about people' });
  const button = () => section().getByRole('button', { name: 'Remove what it said' });
  const dialog = () => page.getByRole('dialog', { name: 'Remove what “The shop” said about people?' });
  const people = async () => (await server.http.get<{ data: unknown[] }>('/api/profiles')).data.data.length;

  it('is counted', async () => {
    await section().getByText('2 people, 0 orders.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('is removed only by who knows what it is about, and types which it is', async () => {
    await button().click();
    await dialog().getByText('2 people, 0 orders').waitFor();
    await dialog().getByText('A sync brings it back unless paused before').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const typed = dialog().getByRole('textbox', { name: 'Type shop to go on' });
    await typed.and(page.locator(':focus')).waitFor();
    await dialog().getByRole('button', { name: 'Remove it' }).click();
    await dialog().getByText('That is not shop.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await button().and(page.locator(':focus')).waitFor();
    expect(await people()).toBe(2);
  });

  it('names the syncs that would bring it back, until they are paused', async () => {
    await button().click();
    await dialog().getByRole('link', { name: 'People of the shop' }).click();
    await page.getByRole('heading', { level: 1, name: 'People of the shop' }).waitFor();
    await server.http.patch('/api/syncs/people', { paused: true });
    await page.goBack();
    await button().click();
    await dialog().getByText('Looking which syncs').waitFor({ state: 'detached' });
    expect(await dialog().getByRole('link').count()).toBe(0);
  });

  it('goes in the background, and the room tells how far it is and what came of it', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousFaults(page)).toEqual([]);
    await dialog().getByRole('textbox').fill('shop');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await section().getByText('Removed just now: it is gone from 2 profiles.').waitFor();
    await section().getByText('Nothing, or nothing any more.').waitFor();
    expect(await button().count()).toBe(0);
    await section().and(page.locator(':focus')).waitFor();
    expect(await people()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('broke nothing in any page', () => expect(errors).toEqual([]));
});
