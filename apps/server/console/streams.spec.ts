import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

/** A sync that follows what never ends, as its operator sees it. */
describeWithChromium('endless streams in the console', () => {
  let server: TestServer;
  let writeKey: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer({ streamRunRows: 3 });
    ({
      data: { writeKey },
    } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop, web' }));
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'admin', at: 'syncs' });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const send = (count: number) =>
    server.http.post(
      '/api/events',
      { events: Array.from({ length: count }, (_, i) => ({ type: 'event', userId: `u${i}`, name: 'Seen' })) },
      { headers: { authorization: `Bearer ${writeKey}` } },
    );
  const act = (name: string) => page.getByRole('group', { name: 'Actions' }).getByRole('button', { name, exact: true });
  const badge = (state: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(state, { exact: true });
  const runs = () => page.getByRole('region', { name: 'Runs' }).getByRole('row');

  it('are listed as followed, with how far they are behind', async () => {
    const row = page.getByRole('main').getByRole('listitem');
    await row.getByText('running', { exact: true }).waitFor();
    await row.getByText('nothing waits').waitFor();
    await row.getByText('followed').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('tell what has come and what waits, as a chain of runs, without a share of a whole', async () => {
    await page.getByRole('main').getByRole('link').click();
    await page.getByText(/^Listening since/).waitFor();
    await page.getByText('nothing waits').first().waitFor();
    expect((await send(3)).status).toBe(200);
    await runs().filter({ hasText: 'succeeded' }).waitFor(); // three rows close a run
    await runs().filter({ hasText: 'running' }).waitFor();
    await page.getByText('is followed as a chain of runs').waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Dry run' }).count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await runs().filter({ hasText: 'succeeded' }).getByRole('link').click();
    await page.getByText('this one is closed, and the next one goes on where it ended').waitFor();
    await page.goBack();
  });

  it('rest and go on', async () => {
    await act('Pause').click();
    await badge('paused').waitFor();
    await act('Resume').click();
    await badge('running').waitFor();
    await page.getByText(/^Listening since/).waitFor();
  });

  it('are paused by who cancels their run, and forget their places only when somebody means it', async () => {
    await act('Cancel the run').click();
    await page.getByRole('dialog').getByText('the sync is paused until you resume it').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await badge('paused').waitFor();
    await act('Begin anew').click();
    await page.getByRole('dialog').getByText('what waits now is never read').waitFor();
    await page.keyboard.press('Escape');
    await act('Resume').click();
    await badge('running').waitFor();
  });

  it('fit a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.reload();
    await page.getByText(/^Listening since/).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousFaults(page)).toEqual([]);
  });
});
