import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { openShop, type ShopOfSyncs } from './testing/shop-of-syncs.ts';
import { signedIn } from './testing/signed-in.ts';

/** What lets an operator trust a sync: what it would do, and whether anybody hears when it goes wrong. */
describeWithChromium('a sync in the console', () => {
  let server: TestServer;
  let shop: ShopOfSyncs;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/syncs'); // the console is built meanwhile
    shop = await openShop(server);
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'operator', name: 'Olga', at: 'syncs' });
  });

  afterAll(async () => {
    await browser?.close();
    shop?.close();
    await server?.close();
  });

  const open = (path: string) => page.goto(`${server.url}/syncs/${path}`);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const told = (text: string) => page.locator('[data-announcer]').getByText(text).last().waitFor();

  it('tells what the first rows would change, and writes nothing', async () => {
    await open('people');
    const dryRun = page.getByRole('region', { name: 'Dry run' });
    await shop.writeRows('customers.jsonl', [
      { id: 1, email: 'ann@example.com' },
      { id: 2, email: 'not an address' },
      { id: 4, email: 'new@example.com' },
    ]);
    const { data: before } = await server.http.get<{ data: object[] }>('/api/profiles');
    await dryRun.getByRole('button', { name: 'Look' }).click();
    await dryRun.getByText('3 rows: 1 unchanged, 1 rejected, 1 create.').waitFor();
    await told('3 rows: 1 unchanged, 1 rejected, 1 create.');
    const looked = dryRun.locator('ol > li');
    expect(await looked.nth(1).textContent()).toContain('is not an e-mail address');
    expect(await looked.nth(2).textContent()).toMatch(/customers.jsonl:3create profile.*new@example.com/);
    await looked.nth(2).getByText('As the source has it').click();
    await looked.nth(2).getByText('"email": "new@example.com"').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect((await server.http.get<{ data: object[] }>('/api/profiles')).data.data).toEqual(before.data);
    await page.route('**/api/syncs/dry-run', (route) =>
      route.fulfill({ status: 502, json: { code: 'unreachable', detail: 'The source is away.' } }),
    );
    await dryRun.getByRole('button', { name: 'Look again' }).click();
    await dryRun.getByRole('alert').getByText('The source is away.').waitFor();
    await page.unroute('**/api/syncs/dry-run');
  });

  it('tells whether anybody is told, which alerts are open, and who deals with them', async () => {
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByText('No alert rule watches it: nobody is told when it fails.').waitFor();
    const url = 'https://example.com/hook';
    await shop.api.put('/api/alerts/channels/on-call', { type: 'slack', config: { url } });
    const rule = { name: 'Money', on: { failed: true }, labels: ['finance'], to: ['on-call'], wait: '1h' };
    await shop.api.put('/api/alerts/rules/money', rule);
    await shop.run('invoices');
    await open('invoices');
    await alerts.getByText('Watched by Money (failed).').waitFor();
    await alerts.getByText('GET /invoices was expected to answer with JSON').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await alerts.getByRole('button', { name: 'Acknowledge' }).click();
    await told('Acknowledged: quiet until it recovers.');
    await alerts.getByText('Olga deals with it: quiet until it recovers.').waitFor();
    expect(await alerts.getByRole('button').count()).toBe(0);
  });

  it('names the sync that it runs after, and leads to it', async () => {
    const { data: people } = await server.http.get<{ from: object; to: object }>('/api/syncs/people');
    const follower = { name: 'Behind', from: people.from, to: people.to, mapping: { 'identities.email': 'email' } };
    await shop.api.put('/api/syncs/behind', { ...follower, schedule: { after: 'people' } });
    await open('behind');
    await page.getByRole('main').getByRole('link', { name: 'People' }).click();
    await heading('People').waitFor();
    await server.http.delete('/api/syncs/behind');
  });

  it('reads a part again, by a window of the cursor', async () => {
    await shop.api.put('/api/connections/dated', { connector: 'file', config: { path: 'dated.jsonl', key: 'id' } });
    await shop.writeRows(
      'dated.jsonl',
      [1, 2, 3].map((id) => ({ id, email: `d${id}@example.com`, on: `2026-0${id}-15` })),
    );
    await shop.api.put('/api/syncs/dated', {
      name: 'Dated',
      from: { connection: 'dated', stream: 'rows', cursor: 'on' },
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email' },
    });
    await shop.run('dated');
    await open('dated');
    const backfill = page.getByRole('region', { name: 'Backfill' });
    await backfill.getByText('Read a part again').click();
    await backfill.getByRole('button', { name: 'Start the backfill' }).click();
    await backfill.getByText('Say where it begins, or where it ends.').waitFor();
    await backfill.getByLabel('From').fill('2026-03-01');
    await backfill.getByLabel('To').fill('2026-02-01');
    await backfill.getByRole('button', { name: 'Start the backfill' }).click();
    await backfill.getByRole('alert').getByText('ends before it begins').waitFor();
    await backfill.getByLabel('To').fill('2026-03-31');
    await backfill.getByText('whose “on” lies from 2026-03-01 to 2026-03-31, both included,').waitFor();
    await backfill.getByLabel('Send also what the destination has just so').check();
    expect(await seriousFaults(page)).toEqual([]);
    await backfill.getByRole('button', { name: 'Start the backfill' }).click();
    await told('A backfill was started.');
    const runs = page.getByRole('region', { name: 'Runs' }).getByRole('row'); // below the row of headings
    await runs.nth(2).waitFor();
    await runs.nth(1).getByText('succeeded').waitFor();
    const { data } = await server.http.get<{ data: { ledger: object; options: object }[] }>(
      '/api/runs?sync=dated&limit=1',
    );
    expect(data.data[0]).toMatchObject({
      options: { window: { from: '2026-03-01', to: '2026-03-31' }, resend: true },
      ledger: { read: 3, filtered: 2, unchanged: 1 },
    });
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const sync of ['people', 'invoices']) {
      await open(sync);
      await page.getByRole('region', { name: 'Alerts' }).waitFor();
      await page.getByRole('button', { name: 'Look' }).click();
      await page.getByRole('region', { name: 'Dry run' }).locator(':is(ol, [role=alert])').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
  });
});
