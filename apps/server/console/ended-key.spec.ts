import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium, newVisitor } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';

/** A key that is revoked, or is over, while somebody fills something in. */
describeWithChromium('forms whose key ends', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let key: { id: string; key: string };
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/'); // it is built meanwhile
    browser = await launchChromium();
    await built(server);
    page = await (await newVisitor(browser, { viewport: { width: 375, height: 740 } })).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${server.url}/keys`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    ({ data: key } = await server.http.post('/api/keys', { name: 'Short-lived', role: 'admin' }));
    await page.getByLabel('API key').fill(key.key);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
  });

  const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}( required)?$`) }).first();

  it.each([
    ['connectors/file', 'Save and check', { Name: 'Half a connection', 'File to read': 'a.csv' }],
    ['alerts/new-channel/webhook', 'Save', { Name: 'Half a channel', Address: 'https://example.com/' }],
    ['new-key', 'Make the key', { Name: 'Half a key' }],
  ])('keep what was filled in, and go on with it: %s', async (path, save, filled) => {
    await page.goto(`${server.url}/${path}`);
    for (const [name, text] of Object.entries(filled)) await field(name).fill(text);
    await server.http.delete(`/api/keys/${key.id}`);
    await page.getByRole('button', { name: save, exact: true }).click();
    await page.getByRole('alert').getByText('The server no longer takes this key.').waitFor();
    await page.getByLabel('API key').and(page.locator(':focus')).waitFor();
    expect(await page.title()).toBe('Sign in · Millrace');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('API key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByText('This is what you had filled in and not saved.').waitFor();
    for (const [name, text] of Object.entries(filled)) expect(await field(name).inputValue()).toBe(text);
    expect(new URL(page.url()).pathname).toBe(`/${path}`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await page.getByRole('button', { name: 'Discard it' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
  });

  it('broke nothing in any page', () => expect(errors).toEqual([]));
});
