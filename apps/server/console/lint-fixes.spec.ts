import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { built } from './testing/built.ts';
import { loadPeople } from './testing/people.ts';
import { signedIn } from './testing/signed-in.ts';

describeWithChromium('what the Studio offers to mend', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startTestServer();
    await loadPeople(server);
    await server.http.put('/api/templates/news', { name: 'News', subject: 'News', source: '<p>Hello</p>\n' });
    browser = await launchChromium();
    await built(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is mended where whoever has no mouse goes on', async () => {
    const page = await signedIn(server, browser, { role: 'marketer', at: 'studio' });
    await page.getByRole('button', { name: /News/ }).click();
    await page.getByRole('button', { name: 'Add the link at the end' }).focus();
    await page.keyboard.press('Enter');
    const html = page.getByRole('textbox', { name: 'HTML' });
    await html.getByText('Unsubscribe').waitFor();
    await html.and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText('<hr>');
    expect(await html.innerText()).toMatch(/Hello<\/p>\s*<hr>.*Unsubscribe/);
  });
});
