import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

interface KeyView {
  id: string;
  name: string;
  role: string;
  expiresAt?: string;
  revokedAt?: string;
}

describeWithChromium('API keys in the console', () => {
  let server: TestServer;
  let database: mongo.MongoClient;
  let browser: Browser;
  let page: Page;
  let key: string;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/keys'); // it is built meanwhile
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    browser = await launchChromium();
    await built(server);
    page = await enter('admin');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await server?.close();
  });

  const enter = async (role: string): Promise<Page> => {
    const theirs = await signedIn(server, browser, { role, name: `An ${role}`, at: 'keys' });
    await theirs.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return theirs;
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const badge = (state: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(state, { exact: true });
  const row = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  const status = async (text: string) =>
    (await server.http.get('/api/me', { headers: { authorization: `Bearer ${text}` } })).status;
  const view = async (name: string) => {
    const { data } = await server.http.get<{ data: KeyView[] }>('/api/keys', { params: { limit: 200 } });
    return data.data.find((one) => one.name === name);
  };

  it('are listed with what they may do, who made them and whether anybody uses them', async () => {
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'API keys' }).waitFor();
    await row('An admin').waitFor();
    expect(await row('An admin').textContent()).toMatch(
      /^worksAn adminused (just now|\d+ minutes? ago)adminmade .* by MILLRACE_ADMIN_KEY, never expires$/,
    );
    await page.getByRole('status').getByText('1 key', { exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are made with a role that says what it may do, and only with a name', async () => {
    await button('New key').click();
    await heading('New key').waitFor();
    await button('Make the key').click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByRole('textbox', { name: /^Name/ }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('nightly import');
    await page.getByText('It may: reads.').waitFor();
    await page.getByLabel('Role').selectOption('operator');
    await page.getByText('It may: reads; templates and previews; connections, syncs, runs and alerts.').waitFor();
    await page.getByLabel('It is good').selectOption('for 30 days');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: /^Name/ }).press('Enter');
    await heading('nightly import').waitFor();
  });

  it('are shown once, to be copied', async () => {
    const shown = page.getByRole('textbox', { name: 'API key' });
    await shown.and(page.locator(':focus')).waitFor();
    key = await shown.inputValue();
    expect(await status(key)).toBe(200);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Copy').click();
    await button('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain(key);
    await button('Done').click();
    await badge('works').waitFor();
    expect(await page.content()).not.toContain(key.slice(-20));
    await page.reload();
    await badge('works').waitFor();
    expect(await page.content()).not.toContain(key.slice(-20));
    const made = await view('nightly import');
    expect(made?.role).toBe('operator');
    const days = (Date.parse(made?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(31);
  });

  it('tell what they changed last', async () => {
    await page.getByText('Nothing: it has only read, if anything.').waitFor();
    const headers = { authorization: `Bearer ${key}` };
    await server.http.post('/api/connections', { connector: 'file', config: { path: 'a.csv' } }, { headers });
    await server.http.post('/api/keys', { name: 'x', role: 'admin' }, { headers });
    await page.reload();
    const changes = page.getByRole('region', { name: 'What it changed last' });
    await changes.getByRole('listitem').nth(1).waitFor();
    expect(await changes.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^POST \/api\/keysrefused: forbidden, /),
      expect.stringMatching(/^POST \/api\/connections(just now|\d)/),
    ]);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are revoked after a question that names what stops working', async () => {
    await button('Revoke this key').click();
    const dialog = page.getByRole('dialog', { name: 'Revoke “nightly import”?' });
    await dialog.getByText('It has the role operator (reads;').waitFor();
    await dialog.getByText('Its last change: POST /api/keys').waitFor();
    expect(await dialog.textContent()).not.toMatch(/your own|No other admin/);
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await button('Revoke this key').and(page.locator(':focus')).waitFor();
    expect(await status(key)).toBe(200);
    await button('Revoke this key').click();
    await dialog.getByRole('button', { name: 'Revoke it' }).click();
    await badge('revoked').waitFor();
    expect(await button('Revoke this key').count()).toBe(0);
    await page.getByRole('region', { name: 'Facts' }).and(page.locator(':focus')).waitFor();
    expect(await status(key)).toBe(401);
    await page.getByRole('link', { name: 'API keys' }).first().click();
    await page
      .getByRole('region', { name: /^Revoked/ })
      .getByText('nightly import')
      .waitFor();
    await page.getByRole('status').getByText('1 key', { exact: true }).waitFor();
  });

  it('that nobody used for long, and those that are over, are marked and found', async () => {
    const old = new Date(Date.now() - 100 * 86_400_000);
    await server.http.post('/api/keys', { name: 'forgotten', role: 'viewer' });
    await server.http.post('/api/keys', { name: 'over', role: 'viewer' });
    const keys = database.db().collection('keys');
    await keys.updateOne({ name: 'forgotten' }, { $set: { createdAt: old } });
    await keys.updateOne({ name: 'over' }, { $set: { expiresAt: old } });
    await page.reload();
    await page.getByText('One key was not used for 90 days').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await row('over').textContent()).toMatch(/^expired.*expired 3 months ago/);
    await button('Show them').click();
    await page.getByRole('status').getByText('1 of 3 keys').waitFor();
    expect(await row('forgotten').textContent()).toMatch(/^unusedforgottennever used/);
    await page.getByRole('searchbox').fill('');
  });

  it('fit a telephone, in the dark too', async () => {
    const { id = '' } = (await view('forgotten')) ?? {};
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const path of ['keys', 'new-key', `keys/${id}`]) {
      await page.goto(`${server.url}/${path}`);
      await page
        .getByText(/3 keys|Make the key|What it changed last/)
        .first()
        .waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('are an admin’s: operators learn so', async () => {
    const theirs = await enter('operator');
    await theirs.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
    await theirs.getByText('Keys are looked at, made and revoked by admins').waitFor();
    expect(await theirs.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    expect(await seriousFaults(theirs)).toEqual([]);
    await theirs.context().close();
  });

  it('are not lost by a link, by going back or by signing out while nobody has copied them, unless that is meant', async () => {
    const made = async (name: string): Promise<string> => {
      await page.goto(`${server.url}/keys`);
      await button('New key').click();
      await page.getByRole('textbox', { name: /^Name/ }).fill(name);
      await button('Make the key').click();
      return page.getByRole('textbox', { name: 'API key' }).inputValue();
    };
    const link = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Syncs' });
    const dialog = page.getByRole('dialog', { name: 'Leave without the key?' });
    const text = await made('not copied');
    await link.click();
    await dialog.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await page.goBack();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'API key' }).inputValue()).toBe(text);
    expect(page.url()).toBe(`${server.url}/new-key`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await page.goBack();
    await dialog.getByRole('button', { name: 'Leave without it' }).click();
    await heading('API keys').waitFor();
    await made('copied');
    await button('Copy').click();
    await button('Copied').waitFor();
    await link.click();
    await heading('Syncs').waitFor();
    const other = await signedIn(server, browser, { role: 'admin', name: 'Who goes', at: 'new-key' });
    await other.getByRole('textbox', { name: /^Name/ }).fill('lost');
    await other.getByRole('button', { name: 'Make the key' }).click();
    await other.getByRole('textbox', { name: 'API key' }).waitFor();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('button', { name: 'Leave without it' }).click();
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.context().close();
    const { id = '' } = (await view('Who goes')) ?? {};
    await server.http.delete(`/api/keys/${id}`);
  });

  it('are shown a hundred at a time, those in use and those that were revoked', async () => {
    const at = new Date();
    const key = (name: string, n: number) => ({
      _id: `key_${name}${n}`,
      name: `${name} ${n}`,
      role: 'viewer',
      hash: `${name}${n}`,
      createdAt: at,
    });
    const numbers = Array.from({ length: 110 }, (_, n) => n);
    const all = [
      ...numbers.map((n) => key('many', n)),
      ...numbers.map((n) => ({ ...key('former', n), revokedAt: at })),
    ];
    await database.db().collection<{ _id: string }>('keys').insertMany(all);
    await page.goto(`${server.url}/keys`);
    const rows = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
    await page.getByText('The first 100 are shown.').nth(1).waitFor();
    await page.getByRole('searchbox').fill('many');
    await page.getByText(/^110 of /).waitFor();
    expect(await rows('many').count()).toBe(100);
    const firstNew = (name: string) => rows(name).nth(100).getByRole('link').and(page.locator(':focus'));
    await button('Show more').focus();
    await page.keyboard.press('Enter');
    await firstNew('many').waitFor();
    expect(await button('Show more').count()).toBe(0);
    expect(await rows('many').count()).toBe(110);
    await page.getByRole('searchbox').fill('former');
    await rows('former').first().waitFor();
    expect(await rows('former').count()).toBe(100);
    await button('Show more').focus();
    await page.keyboard.press('Enter');
    await firstNew('former').waitFor();
    expect(await button('Show more').count()).toBe(0);
    expect(await rows('former').count()).toBe(110);
    await database
      .db()
      .collection<{ _id: string }>('keys')
      .deleteMany({ _id: { $in: all.map(({ _id }) => _id) } });
  });

  it('of one’s own, and the last one of an admin, are revoked knowing that; whoever does is signed out', async () => {
    const { id = '' } = (await view('An admin')) ?? {};
    await page.goto(`${server.url}/keys/${id}`);
    await button('Revoke this key').click();
    const dialog = page.getByRole('dialog', { name: 'Revoke “An admin”?' });
    await dialog.getByText('It is your own: you are signed out.').waitFor();
    await dialog.getByText('No other admin’s key is in use').waitFor();
    await dialog.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('The server no longer takes this key.').waitFor();
  });

  it('broke nothing in any page', () => expect(errors).toEqual([]));
});
