import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const phone = { width: 390, height: 844 };

/** A telephone, and a laptop whose page is enlarged: 1280 × 720 at 200 % are 640 × 360. */
describeWithChromium('the console on little room', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer();
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'operator' });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const made = async (path: string, body: object) => expect((await server.http.put(path, body)).status).toBe(201);
  const go = (path: string) => page.goto(server.url + path);
  const sticksOut = () =>
    page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  it.each([{ width: 640, height: 360 }, { width: 320, height: 568 }, phone])(
    'leaves room to write a mail on $width × $height, and every button apart',
    async (viewport) => {
      const body = { name: 'News', subject: 'News', source: '<p>Hello</p>' };
      const { data } = await server.http.post<{ id: string }>('/api/templates', body);
      await page.setViewportSize(viewport);
      await go(`/studio/${data.id}`);
      await page.getByRole('region', { name: 'Template' }).getByText('There is no link to unsubscribe.').waitFor();
      const editor = await page.getByRole('tabpanel', { name: 'HTML' }).boundingBox();
      const findings = await page.getByRole('heading', { name: 'To look at' }).boundingBox();
      expect(editor?.height).toBeGreaterThanOrEqual(100);
      expect((editor?.y ?? 0) + (editor?.height ?? 0)).toBeLessThanOrEqual((findings?.y ?? 0) + 1);
      const buttons = await page.getByRole('banner').getByRole('button').all();
      const places = await Promise.all(buttons.map((button) => button.boundingBox()));
      const isUnder = ({ x, width }: { x: number; width: number }, next?: { x: number } | null) =>
        x + width > (next?.x ?? viewport.width);
      expect(places.filter((place, i) => place && isUnder(place, places[i + 1]))).toEqual([]);
      const name = await page.getByRole('textbox', { name: 'Name of the template' }).boundingBox();
      expect(name?.width).toBeGreaterThanOrEqual(30);
      expect(await sticksOut()).toBe(false);
    },
  );

  it('keeps names that are one long word on the page', async () => {
    await page.setViewportSize(phone);
    await made('/api/audiences/long', { name: longWord, condition: { field: 'traits.city', is: 'exists' } });
    await go('/audiences/long/settings');
    await page.getByRole('link', { name: longWord }).waitFor();
    expect(await page.title()).toBe(`Settings · ${longWord} · Audiences · Millrace`);
    expect(await sticksOut()).toBe(false);

    const from = { connection: 'profiles', stream: 'profile' };
    const mapping = { 'identities.email': 'identities.email' };
    const sync = { name: 'S', labels: [longWord.slice(0, 60)], mapping };
    await made('/api/syncs/labelled', { ...sync, from, to: { connection: 'profiles', object: 'profile' } });
    await go('/syncs');
    await page
      .getByLabel('Label', { exact: true })
      .locator('option', { hasText: longWord.slice(0, 60) })
      .waitFor({ state: 'attached' });
    expect(await sticksOut()).toBe(false);
  });
});
