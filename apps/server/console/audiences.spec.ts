import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page, Route } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { loadPeople } from './testing/people.ts';
import { signedIn } from './testing/signed-in.ts';

describeWithChromium('audiences in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/audiences'); // the console is built meanwhile
    await loadPeople(server);
    browser = await launchChromium();
    await built(server);
    page = await enter('marketer');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = (role: string) => signedIn(server, browser, { role, at: 'audiences' });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const inRoom = (role: 'listitem' | 'link') => page.getByRole('tabpanel').getByRole(role);
  const made = async (slug: string, body: object) => {
    expect((await server.http.put(`/api/audiences/${slug}`, body)).status).toBe(201);
    const isReady = async () =>
      (await server.http.get<{ state: string }>(`/api/audiences/${slug}`)).data.state === 'ready';
    while (!(await isReady())) await delay(100);
  };

  it('say what one is while there is none', async () => {
    await page.getByText('No audience yet.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are listed with whom they mean', async () => {
    await made('in-oslo', {
      name: 'People of Oslo',
      description: 'For the opening.',
      condition: { field: 'traits.city', is: 'equals', value: 'Oslo' },
    });
    await made('named', { condition: { field: 'traits.firstName', is: 'exists' } });
    await page.reload();
    await page.getByRole('status').getByText('2 audiences', { exact: true }).waitFor();
    await page.getByLabel('Search audiences by name, slug or condition').fill('city');
    await page.getByRole('status').getByText('1 of 2 audiences', { exact: true }).waitFor();
    const row = page.getByRole('main').getByRole('listitem');
    expect(await row.textContent()).toMatch(
      /^readyPeople of Oslodefined (just now|\d+ minutes? ago)traits\.city is "Oslo"$/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    await row.getByRole('link').click();
    await heading('People of Oslo').waitFor();
  });

  it('tell who is in them, and who came and went', async () => {
    await page.getByText('Everybody of whom traits.city is "Oslo".').waitFor();
    await page.getByText('For the opening.').waitFor();
    expect(await inRoom('listitem').textContent()).toBe('Ann Bergann@example.com');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Entered and left' }).click();
    await inRoom('listitem')
      .filter({ hasText: /^Ann Berg entered/ })
      .waitFor();
    await inRoom('link').click();
    await heading('Ann Berg').waitFor();
    await page.getByText('in-oslo').first().waitFor();
    await page.goBack();
    await inRoom('listitem')
      .filter({ hasText: /^Ann Berg entered/ })
      .waitFor();
    await page.getByRole('tab', { name: 'People' }).click();
    await inRoom('listitem').getByText('ann@example.com').waitFor();
    await inRoom('link').click();
    await heading('Ann Berg').waitFor();
    await page.goBack();
  });

  const test = (number: number) => page.getByRole('group', { name: `Test ${number}` });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const name = () => page.getByRole('textbox', { name: /^Name/ });
  /** Asks for something, whose answer waits until it is released. */
  const held = async (path: string, ask: () => Promise<void>) => {
    const routes: Route[] = [];
    await page.route(path, (route) => void routes.push(route));
    const asked = page.waitForRequest(path);
    await ask();
    await asked;
    return async () => {
      for (const route of routes) await route.continue();
      await page.unroute(path);
    };
  };
  const counted = (text: string) => page.getByRole('main').getByRole('status').getByText(text).waitFor();

  it('are made of tests in rows, counted while they are filled in', async () => {
    await page.goto(`${server.url}/audiences`);
    await button('New audience').click();
    await heading('New audience').waitFor();
    await counted('Name a field, to see whom it means.');
    expect(await seriousFaults(page)).toEqual([]);
    await button('Make the audience').click();
    await page.getByText('Give it a name.').waitFor();
    await page.keyboard.type('Named, in Oslo');
    await page.getByText('Its slug is named-in-oslo.').waitFor();
    await test(1).getByLabel('Field').fill('traits.city');
    await test(1).getByLabel('Value').fill('Oslo');
    await counted('1 of 3 people');
    await button('Add a test').click();
    await test(2).getByLabel('Field').fill('traits.firstName');
    await test(2).getByLabel('How it is compared').selectOption('exists');
    await page.getByLabel('Which tests have to hold').selectOption('at least one of these holds');
    await counted('2 of 3 people: traits.city is "Oslo" or traits.firstName exists');
    await test(2).getByLabel('How it is compared').selectOption('is at least');
    await counted('needs a number');
    await button('Remove test 2').click();
    await counted('1 of 3 people');
    expect(await seriousFaults(page)).toEqual([]);
    await button('Make the audience').click();
    await heading('Named, in Oslo').waitFor();
    const { data } = await server.http.get<object>('/api/audiences/named-in-oslo');
    expect(data).toMatchObject({ condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
  });

  it('are not made without a test that names no field, and are counted as they are filled in', async () => {
    await page.goto(`${server.url}/new-audience`);
    await name().fill('Left out');
    await test(1).getByLabel('Field').fill('traits.city');
    await test(1).getByLabel('Value').fill('Oslo');
    await counted('1 of 3 people');
    await button('Add a test').click();
    await test(2).getByLabel('Value').fill('gold');
    await button('Make the audience').click();
    await page.getByText('Name the field that each test is about, or remove the test.').waitFor();
    await test(2).getByLabel('Field').and(page.locator(':focus')).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect((await server.http.get('/api/audiences/left-out')).status).toBe(404);
    await button('Remove test 2').click();
    const release = await held('**/api/audiences/count', () => test(1).getByLabel('Value').fill('Nowhere'));
    await counted('Counting …');
    expect(await page.getByText('1 of 3 people').count()).toBe(0);
    await release();
    await counted('0 of 3 people');
    await button('Cancel').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave without saving' }).click();
  });

  it('do not take the place of another one', async () => {
    await page.goto(`${server.url}/new-audience`);
    await page.getByRole('textbox', { name: /^Name/ }).fill('Named in Oslo');
    await test(1).getByLabel('Field').fill('traits.lastName');
    await button('Make the audience').click();
    await page.getByText('There is an audience “named-in-oslo” already.').waitFor();
    await button('Cancel').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave without saving' }).click();
    await heading('Audiences').waitFor();
  });

  it('are made by names that make no slug, which is asked for', async () => {
    await page.goto(`${server.url}/new-audience`);
    await name().fill('奥斯陆的顾客');
    await test(1).getByLabel('Field').fill('traits.city');
    await button('Make the audience').click();
    await page.getByText('Give it a slug.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.type('in-oslo');
    await button('Make the audience').click();
    await page.getByText('There is an audience “in-oslo” already. Give this one another slug.').waitFor();
    await page.getByRole('textbox', { name: /^Slug/ }).fill('guests-of-oslo');
    await button('Make the audience').click();
    await heading('奥斯陆的顾客').waitFor();
    const { data } = await server.http.get<object>('/api/audiences/guests-of-oslo');
    expect(data).toMatchObject({ name: '奥斯陆的顾客' });
    await server.http.delete('/api/audiences/guests-of-oslo');
  });

  it('are changed, as JSON where rows cannot say it, and not over what somebody else saved', async () => {
    await page.goto(`${server.url}/audiences/named-in-oslo`);
    await button('Settings').click();
    await heading('Settings').waitFor();
    const json = page.getByLabel('Who is in it, as JSON');
    const focused = page.locator(':focus');
    await button('Write it as JSON').press('Enter');
    await json.and(focused).waitFor();
    await button('Write it in rows').press('Enter');
    await page.getByLabel('Which tests have to hold').and(focused).waitFor();
    await button('Write it as JSON').click();
    await json.fill('{ "not": ');
    await counted('That is no JSON yet.');
    await button('Save').click();
    await page.getByRole('alert').getByText('The condition is no JSON').waitFor();
    await json.fill('{ "not": { "field": "traits.city", "is": "equals", "value": "Oslo" } }');
    await counted('2 of 3 people');
    expect(await button('Write it in rows').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    const theirs = { name: 'Theirs', condition: { field: 'traits.city', is: 'missing' } };
    await server.http.put('/api/audiences/named-in-oslo', theirs);
    await button('Save').click();
    await page.getByText('Somebody else changed this audience meanwhile. Nothing was saved.').waitFor();
    const both = page.getByRole('table', { name: 'Where they differ' }).getByRole('row');
    expect(await both.allTextContents()).toEqual([
      'DiffersTheirsYours',
      'NameTheirsNamed, in Oslo',
      'Who is in ittraits.city is missingnot (traits.city is "Oslo")',
    ]);
    // What was filled in is kept in the tab, and still says what it was made from.
    await page.getByRole('link', { name: 'Syncs' }).click();
    await heading('Syncs').waitFor();
    await page.goBack();
    await page.getByText('This is what you had filled in and not saved.').waitFor();
    await button('Save').click();
    await page.getByText('Somebody else changed this audience meanwhile. Nothing was saved.').waitFor();
    await button('Take theirs').click();
    await test(1).getByLabel('How it is compared').getByText('is missing').first().waitFor({ state: 'attached' });
    await hasValue(page.getByRole('textbox', { name: /^Name/ }), 'Theirs');
    await test(1).getByLabel('How it is compared').selectOption('exists');
    await button('Save').click();
    await heading('Theirs').waitFor();
    await page.getByText('Everybody of whom traits.city exists.').waitFor();
    await button('Settings').click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mine');
    await server.http.put('/api/audiences/named-in-oslo', theirs);
    await button('Save').click();
    await button('Save mine').click();
    await heading('Mine').waitFor();
    await page.getByText('Everybody of whom traits.city exists.').waitFor();
    expect((await server.http.delete('/api/audiences/named-in-oslo')).status).toBe(204);
  });

  it('are saved with all that is filled in when they are: after somebody else was faster, and during another save', async () => {
    await made('mine', { condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
    await page.goto(`${server.url}/audiences/mine/settings`);
    await name().fill('Mine');
    const theirs = { name: 'Theirs', condition: { field: 'traits.city', is: 'equals', value: 'Rome' } };
    await server.http.put('/api/audiences/mine', theirs);
    await button('Save').click();
    await page.getByText('Somebody else changed this audience meanwhile. Nothing was saved.').waitFor();
    await test(1).getByLabel('Value').fill('Shenzhen');
    await page.getByLabel('Description').fill('Of both.');
    const both = page.getByRole('table', { name: 'Where they differ' }).getByRole('row');
    await both.filter({ hasText: 'traits.city is "Rome"traits.city is "Shenzhen"' }).waitFor();
    await button('Save mine').click();
    await heading('Mine').waitFor();
    const saved = async () => (await server.http.get<object>('/api/audiences/mine')).data;
    expect(await saved()).toMatchObject({ name: 'Mine', description: 'Of both.', condition: { value: 'Shenzhen' } });
    await button('Settings').click();
    await page.getByLabel('Description').fill('Slowly saved.');
    const release = await held('**/api/audiences/mine', () => button('Save').click());
    await name().fill('Typed meanwhile');
    await release();
    await page.getByText('The audience is saved, but for what was changed meanwhile.').waitFor({ state: 'attached' });
    await hasValue(name(), 'Typed meanwhile');
    await button('Save').click();
    await heading('Typed meanwhile').waitFor();
    expect(await saved()).toMatchObject({ name: 'Typed meanwhile', description: 'Slowly saved.' });
  });

  it('are shown as they are saved now where what was filled in is discarded', async () => {
    await button('Settings').click();
    await page.getByLabel('Description').fill('Mine');
    await page.getByRole('link', { name: 'Syncs' }).click();
    await heading('Syncs').waitFor();
    const theirs = { name: 'Renamed', condition: { field: 'traits.city', is: 'equals', value: 'Rome' } };
    await server.http.put('/api/audiences/mine', theirs);
    await page.goBack();
    await button('Discard it').click();
    await hasValue(name(), 'Renamed');
    await hasValue(test(1).getByLabel('Value'), 'Rome');
    expect((await server.http.delete('/api/audiences/mine')).status).toBe(204);
  });

  it('are removed by whoever may write, where nothing uses them', async () => {
    const theirs = await enter('viewer');
    await theirs.goto(`${server.url}/new-audience`);
    await theirs.getByText('your key is a viewer’s').waitFor();
    await theirs.goto(`${server.url}/audiences/in-oslo`);
    await theirs.getByRole('tab', { name: 'Entered and left' }).waitFor();
    expect(await theirs.getByRole('button', { name: 'Remove this audience' }).count()).toBe(0);
    await theirs.context().close();
    await page.goto(`${server.url}/audiences/in-oslo`);
    await page.getByRole('button', { name: 'Remove this audience' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await heading('Audiences').waitFor();
    await page.getByRole('status').getByText('1 audience', { exact: true }).waitFor();
    expect((await server.http.get('/api/audiences/in-oslo')).status).toBe(404);
  });

  it('say that they are coming while their part of the console is fetched', async () => {
    await page.goto(`${server.url}/studio`);
    const bar = (name: string) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name });
    const release = await held('**/audience*.js', () => bar('Audiences').click());
    await page.getByRole('status').getByText('Opening …').waitFor();
    await bar('People').waitFor();
    await release();
    await heading('Audiences').and(page.locator(':focus')).waitFor();
  });

  it('fit a telephone, in the dark too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const [path, text] of [
      ['audiences', '1 audience'],
      ['audiences/named', 'Entered and left'],
      ['audiences/named/settings', 'Add a test'],
      ['new-audience', 'Name a field, to see whom it means.'],
    ] as const) {
      await page.goto(`${server.url}/${path}`);
      await page.getByText(text, { exact: true }).waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});
