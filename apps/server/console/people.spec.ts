import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { loadKnownPeople } from './testing/known-people.ts';
import { signedIn } from './testing/signed-in.ts';

interface Found {
  id: string;
  identities: { key: string }[];
}

describeWithChromium('people in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let ann: string;
  let before: string;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/people'); // the console is built meanwhile
    await loadKnownPeople(server);
    before = new Date().toISOString();
    await server.http.put('/api/traits/points', { sensitive: true });
    ann = (await server.http.post<Found>('/api/profiles/lookup', { identity: 'ann@example.com' })).data.id;
    browser = await launchChromium();
    await built(server);
    page = await enter('operator');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = (role: string) => signedIn(server, browser, { role, at: 'people' });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const row = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  const region = (name: string, of = page) => of.getByRole('region', { name, exact: true });
  const trait = (name: string, of = page) =>
    region('Traits', of)
      .getByRole('row')
      .filter({ has: of.getByRole('rowheader', { name, exact: true }) });

  it('are found by the start of a name or an address', async () => {
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'People' }).waitFor();
    await page.getByRole('status').getByText('3 people', { exact: true }).waitFor();
    const search = page.getByLabel('Search people by the start of a name, an address or another identity');
    await search.fill('olivia b');
    await page.getByRole('status').getByText('1 person', { exact: true }).waitFor();
    expect(await row('Olivia Brooks').textContent()).toMatch(
      /^Olivia Brookschanged (just now|\d+ minutes? ago)olivia@example.com$/,
    );
    await search.fill('nobody at all');
    await page.getByText('No name and no identity starts like that.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await search.fill(ann);
    await page.getByRole('link', { name: 'Open it' }).click();
    await heading('Ann Berg').waitFor();
    await page.goBack();
    await page
      .getByRole('button', { name: 'Show all' })
      .or(page.getByRole('link', { name: 'Open it' }))
      .waitFor();
    await search.fill('user:77');
    await row('Ann Berg').getByRole('link').click();
    await heading('Ann Berg').waitFor();
  });

  it('are shown page by page, and of another search only those whom it finds', async () => {
    await page.goBack();
    await page.route(/api\/profiles\?/, (route, request) => {
      if (request.url().includes('q=refused')) return route.fulfill({ status: 500, body: '' });
      return route.continue({ url: request.url().replace('limit=50', 'limit=2') });
    });
    const told = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();
    const search = page.getByLabel('Search people by the start of a name, an address or another identity');
    await search.fill('');
    await told('The first 2 people');
    await page.getByRole('button', { name: 'Show more' }).focus();
    await page.keyboard.press('Enter');
    await told('3 people');
    const third = page.getByRole('main').getByRole('listitem').nth(2).getByRole('link');
    await third.and(page.locator(':focus')).waitFor();
    await search.fill('olivia');
    await told('1 person');
    await search.fill('');
    await told('The first 2 people');
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(2);
    await search.fill('refused');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(0);
    expect(await page.getByRole('main').getByRole('status').textContent()).toBe('');
    await page.unroute(/api\/profiles\?/);
    await search.fill('user:77');
    await row('Ann Berg').getByRole('link').click();
    await heading('Ann Berg').waitFor();
  });

  it('are listed as they were, at the same place, to whoever comes back from one of them', async () => {
    await page.setViewportSize({ width: 1440, height: 300 });
    await page.route(/api\/profiles\?/, (route, request) =>
      route.continue({ url: request.url().replace('limit=50', 'limit=2') }),
    );
    const told = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();
    const search = page.getByLabel('Search people by the start of a name, an address or another identity');
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'People' }).click();
    await search.fill('');
    await told('The first 2 people');
    await page.getByRole('button', { name: 'Show more' }).click();
    await told('3 people');
    const third = page.getByRole('main').getByRole('listitem').nth(2).getByRole('link');
    await third.scrollIntoViewIfNeeded();
    const place = await page.evaluate<number>('scrollY');
    expect(place).toBeGreaterThan(0);
    await third.click();
    await region('Timeline').waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.goBack();
    await told('3 people');
    await page.waitForFunction(`scrollY === ${place}`);
    await third.click();
    await region('Timeline').waitFor();
    await page.getByRole('navigation', { name: 'Way back' }).getByRole('link', { name: 'People' }).click();
    await told('3 people');
    await page.waitForFunction(`scrollY === ${place}`);
    await page.unroute(/api\/profiles\?/);
    await page.setViewportSize({ width: 1440, height: 900 });
    await search.fill('user:77');
    await row('Ann Berg').getByRole('link').click();
    await heading('Ann Berg').waitFor();
  });

  it('are looked for as before by whoever comes back, and anew by whoever chooses the room', async () => {
    const room = (name: string) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name }).click();
    const isLookedFor = (text: string) => hasValue(page.getByRole('searchbox', { name: 'Search people' }), text);
    await page.getByRole('navigation', { name: 'Way back' }).getByRole('link', { name: 'People' }).click();
    await isLookedFor('user:77');
    await room('Audiences');
    await heading('Audiences').waitFor();
    await page.goBack();
    await isLookedFor('user:77');
    await row('Ann Berg').getByRole('link').click();
    await heading('Ann Berg').waitFor();
    await room('People');
    await isLookedFor('');
    expect(await page.title()).toBe('People · Millrace');
    await row('Ann Berg').getByRole('link').click();
    await heading('Ann Berg').waitFor();
    expect(await page.title()).toBe('Ann Berg · People · Millrace');
  });

  it('are shown with every value and the record that said it', async () => {
    await region('Traits').getByRole('link', { name: 'Customer list / rows' }).first().waitFor();
    expect(await trait('city').textContent()).toMatch(/^cityOsloCustomer list \/ rows record 1\d{4}-.* UTC$/);
    expect(await trait('points').textContent()).toMatch(/^points140The cards \/ rows record L1/);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are shown with what they may be sent, and why', async () => {
    const newsletter = region('What they may be sent').getByRole('listitem').filter({ hasText: 'newsletter' });
    expect(await newsletter.textContent()).toMatch(
      /^noemail · newsletterrefused on \d{4}-\d\d-\d\d \(telephone call\): email:ann@example.comWhat proves it: email · newsletter\{\s+"call": 1\s+\}$/,
    );
  });

  it('are asked, and what they choose is recorded with what proves it', async () => {
    const choices = region('What they may be sent');
    await choices.getByRole('button', { name: 'Record a choice' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record a choice' });
    await dialog.getByLabel('About').selectOption('email · newsletter');
    await dialog.getByLabel('Their choice').selectOption('agreed');
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.getByText('Say what proves it.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByLabel('How they said it').fill('letter');
    await dialog.getByLabel('What proves it').fill('scan 17\nhttps://scans.example.com/17');
    await dialog.getByLabel('Wording').fill('n-2');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await choices.getByText(/^agreed on \d{4}-\d\d-\d\d \(letter\): email:ann@example.com$/).waitFor();
    const { data } = await server.http.get<{ consents: object[] }>(`/api/profiles/${ann}/consents`);
    expect(data.consents).toMatchObject([
      { state: 'granted', wording: 'n-2', evidence: { note: 'scan 17\nhttps://scans.example.com/17' } },
    ]);
    await choices.getByText('What proves it: email · newsletter').click();
    expect(await choices.locator('pre').innerText()).toBe('Wording: n-2\n\nscan 17\nhttps://scans.example.com/17');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are shown with what happened, narrowed down by what it was', async () => {
    const timeline = region('Timeline');
    await timeline.getByText('Order A-1001 · 41.40 EUR · shipped').waitFor();
    await timeline.getByRole('tab', { name: 'Changes' }).click();
    const change = timeline.getByRole('tabpanel', { name: 'Changes' }).getByRole('listitem');
    await change.filter({ hasText: '130 → 140' }).waitFor();
    await timeline.getByRole('tab', { name: 'Events' }).click();
    await timeline.getByText('Nothing is known.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are shown as they were', async () => {
    await page.getByLabel('As of').fill('2020-01-01T00:00');
    await page.getByText('Nothing was known of them at that moment.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await region('What they may be sent').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    const minute = new Date(Date.parse(before) + 60_000).toISOString().slice(0, 16);
    await page.getByLabel('As of').fill(minute);
    await trait('city').getByText('Oslo').waitFor();
    expect(await region('What they may be sent').count()).toBe(0);
    await page.getByRole('button', { name: 'Now', exact: true }).click();
  });

  it('are shown to a viewer with masks, and without what only operators do', async () => {
    const theirs = await enter('viewer');
    await theirs.goto(`${server.url}/people/${ann}`);
    await trait('points', theirs).getByText('masked: operators see it').waitFor();
    expect(await trait('points', theirs).textContent()).not.toMatch(/^points140/);
    expect(await region('Traits', theirs).getByRole('link').count()).toBe(0);
    await region('Timeline', theirs).getByRole('tab', { name: 'Merges' }).click();
    await theirs.getByText(/^Became one with p_/).waitFor();
    expect(await theirs.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await theirs.context().close();
  });

  it('become two again where an operator takes a merge back', async () => {
    await region('Timeline').getByRole('tab', { name: 'Merges' }).click();
    await page.getByText('The cards / rows record L1 said').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make two people of this one?' });
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make two of it' }).click();
    await region('Timeline').getByText('Undone just now.').waitFor();
    await trait('points').waitFor({ state: 'detached' });
    const { data } = await server.http.post<Found>('/api/profiles/lookup', { identity: 'user:77' });
    expect(data.id).not.toBe(ann);
    await page.goto(`${server.url}/people/p_00000000000000000000000000`);
    await page.getByRole('alert').waitFor();
  });

  it('fit a telephone, in the dark too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const [path, text] of [
      ['people', '4 people'],
      [`people/${ann}`, 'What they may be sent'],
    ] as const) {
      await page.goto(`${server.url}/${path}`);
      await page.getByText(text, { exact: true }).waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});
