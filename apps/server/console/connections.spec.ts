import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

interface ConnectionView {
  id: string;
  config: object;
  secretsSet: string[];
  labels: string[];
  revision: number;
  place: number;
}

describeWithChromium('connections in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let remote: Server;
  let remoteUrl: string;
  /** What the other system was given as authorization. */
  const authorizations = new Set<string>();
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/connections'); // it is built meanwhile
    remote = createServer(({ headers, url }, response) => {
      authorizations.add(headers.authorization ?? 'none');
      if (headers.authorization !== 'Bearer right') return void response.writeHead(401).end();
      const rows = url?.startsWith('/contacts') ? [{ id: 1, email: 'ann@example.com' }] : [];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
    });
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
    remoteUrl = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
    browser = await launchChromium();
    await built(server);
    page = await enter('operator');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    remote?.close();
    await server?.close();
  });

  const enter = (role: string) => signedIn(server, browser, { role, at: 'connections' });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const badge = (state: string) => heading(/./).locator('..').getByText(state, { exact: true });
  const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}( required)?$`) }).first();
  const token = () => page.getByLabel('Token', { exact: true });
  const view = async (slug: string) => (await server.http.get<ConnectionView>(`/api/connections/${slug}`)).data;
  const save = () => button('Save and check').click();

  it('begin with what can be connected, found by its name', async () => {
    await page.getByText('No connection yet.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await button('New connection').click();
    await heading('New connection').waitFor();
    await page.getByRole('searchbox').fill('postgr');
    await page.getByRole('status').getByText('1 of').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('link', { name: /^PostgreSQL/ }).click();
    await heading('Connect PostgreSQL').waitFor();
    expect(new URL(page.url()).pathname).toBe('/connectors/postgres');
  });

  it('say what has to be filled in before anything is asked, and lead to it', async () => {
    await save();
    await page.getByText('It is not right yet').waitFor();
    expect(await page.getByText('Fill this in.').count()).toBe(3);
    expect(await page.locator(':focus').getAttribute('placeholder')).toBe('such as Shop database');
    expect(await field('Host').getAttribute('aria-invalid')).toBe('true');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are made by their connector’s own form, by the keyboard alone, and checked at once', async () => {
    await page.goto(`${server.url}/connectors/http-json`);
    await field('Name').focus();
    await page.keyboard.type('Partner API');
    await page.keyboard.press('Tab');
    await page.keyboard.type(remoteUrl);
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
    expect(await token().getAttribute('type')).toBe('password');
    await token().fill('wrong');
    await button('Add to Streams').press('Enter');
    const stream = page.getByRole('group', { name: 'Streams 1' });
    await stream.getByRole('textbox', { name: /^Name/ }).fill('contacts');
    await stream.getByRole('textbox', { name: /^Path required/ }).fill('/contacts');
    await stream.getByRole('button', { name: 'Add to Key fields' }).press('Enter');
    await page.keyboard.type('id'); // the new line has the focus
    await field('Labels').fill('crm, eu');
    expect(await field('Slug').inputValue()).toBe('partner-api');
    await field('Labels').press('Enter');
    await heading('Partner API').waitFor();
    await badge('does not work').waitFor();
    await page
      .getByRole('status')
      .getByText(/refused the credentials|401/)
      .waitFor();
    expect(authorizations).toContain('Bearer wrong');
    expect(await view('partner-api')).toMatchObject({
      config: {
        baseUrl: remoteUrl,
        auth: 'bearer',
        token: null,
        streams: [{ name: 'contacts', path: '/contacts', key: ['id'] }],
      },
      labels: ['crm', 'eu'],
      secretsSet: ['token'],
    });
  });

  it('never show a secret; another one takes its place, and what is offered is seen once it works', async () => {
    await button('Settings').click();
    await heading('Settings').waitFor();
    await page.getByText('Stored, and kept.').first().waitFor();
    expect(await page.content()).not.toContain('wrong');
    await token().fill('right');
    expect(await seriousFaults(page)).toEqual([]);
    await save();
    await badge('works').waitFor();
    const streams = page.getByRole('region', { name: 'What can be read' });
    await streams.getByText('key id').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('keep their secrets when something else is changed', async () => {
    await button('Settings').click();
    await field('Name').fill('Partner');
    await field('Labels').fill('crm');
    await save();
    await heading('Partner').waitFor();
    await badge('works').waitFor();
    expect(await view('partner-api')).toMatchObject({ labels: ['crm'], secretsSet: ['token'] });
  });

  it('ask for the secrets again where they would go to another address, and whether that is another place', async () => {
    const other = remoteUrl.replace('127.0.0.1', 'localhost');
    await button('Settings').click();
    await field('Base URL').fill(other);
    await save();
    await page.getByText('do not go to another address by themselves').waitFor();
    await page.getByText('Enter it again, or remove it.').waitFor();
    expect(await field('Base URL').inputValue()).toBe(other);
    await token().fill('right');
    await save();
    await page.getByRole('heading', { name: 'Does it lead to another place now?' }).waitFor();
    const { place } = await view('partner-api');
    await page.getByRole('link', { name: 'Syncs' }).click();
    await page.getByRole('dialog', { name: 'Leave without an answer?' }).getByRole('button', { name: 'Stay' }).click();
    await button('Another place: start over').click();
    await heading('Partner').waitFor();
    expect((await view('partner-api')).place).toBe(place + 1);
    await button('It is another place: start over').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('log').getByText('Its syncs start over.').waitFor({ state: 'attached' });
    expect((await view('partner-api')).place).toBe(place + 2);
  });

  it('tell at the field what the server does not take, and lose nothing', async () => {
    await button('Settings').click();
    await field('Rate').fill('much');
    await save();
    await page.getByText('It is not right yet').waitFor();
    expect(await field('Rate').getAttribute('aria-invalid')).toBe('true');
    expect(await field('Rate').inputValue()).toBe('much');
    await button('Cancel').click();
    await button('Leave without saving').click();
    await heading('Partner').waitFor();
  });

  it('are kept half filled in while somebody looks elsewhere, but for their secrets', async () => {
    await page.goto(`${server.url}/connectors/http-json`);
    await field('Name').fill('Half of it');
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('bearer');
    await token().fill('a-secret-of-mine');
    await button('Add to Streams').click();
    const stream = page.getByRole('group', { name: 'Streams 1' });
    await stream.getByRole('textbox', { name: /^Name/ }).fill('contacts');
    await field('Labels').fill('crm, "a, b"');
    await page.getByRole('link', { name: 'Syncs' }).click();
    await heading('Syncs').waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain(
      'secret-of-mine',
    );
    await button('Sign out').click();
    await page.getByRole('dialog').getByText('Not saved yet: Half of it.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
    await page.goBack();
    await page.getByText('This is what you had filled in and not saved. Secrets were not kept').waitFor();
    expect(await field('Name').inputValue()).toBe('Half of it');
    expect(await field('Labels').inputValue()).toBe('crm, "a, b"');
    expect(await stream.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('contacts');
    expect(await token().inputValue()).toBe('');
    expect(await seriousFaults(page)).toEqual([]);
    await button('Discard it').click();
    expect(await field('Name').inputValue()).toBe('');
    expect(await field('Labels').inputValue()).toBe('');
    await page.reload();
    await heading('Connect HTTP API (JSON)').waitFor();
    expect(await page.getByText('not saved').count()).toBe(0);
    await page.goto(`${server.url}/connections/partner-api`);
  });

  it('are not written over what somebody else saved meanwhile, unless that is meant', async () => {
    await button('Settings').click();
    await field('Labels').fill('mine');
    await page.getByRole('link', { name: 'Syncs' }).click();
    await server.http.patch('/api/connections/partner-api', { name: 'Theirs', config: { rate: '5/s' } });
    await page.goBack();
    await page.getByText('This is what you had filled in and not saved.').waitFor();
    await save();
    await page.getByText('Somebody else changed this connection meanwhile. Nothing was saved.').waitFor();
    await button('Take theirs').click();
    await page.getByText('Somebody else').waitFor({ state: 'detached' });
    expect([await field('Name').inputValue(), await field('Labels').inputValue()]).toEqual(['Theirs', 'crm']);
    await field('Name').fill('Partner');
    await server.http.patch('/api/connections/partner-api', { name: 'Partner of theirs', labels: ['crm', 'eu'] });
    await save();
    const both = page.getByRole('table', { name: 'Where they differ' }).getByRole('row');
    await both.nth(2).waitFor();
    expect((await both.allTextContents()).slice(1)).toEqual(['NamePartner of theirsPartner', 'Labelscrm, eucrm']);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Save mine').click();
    await heading('Partner').waitFor();
    expect(await view('partner-api')).toMatchObject({ labels: ['crm'], config: { rate: '5/s' } });
  });

  it('have numbers as they are typed, on the way to others', async () => {
    await page.goto(`${server.url}/connectors/webhook`);
    await field('Name').fill('Receiver');
    await field('Address').fill(`${remoteUrl}/receive`);
    await page.getByText('Rows in a batch').first().click(); // unfolds what hardly anybody changes
    await field('Rows in a batch').pressSequentially('10x');
    await save();
    await page.getByText('It is not right yet').waitFor();
    expect(await field('Rows in a batch').getAttribute('aria-invalid')).toBe('true');
    await field('Rows in a batch').fill('10.0');
    expect(await field('Rows in a batch').inputValue()).toBe('10.0');
    await save();
    await heading('Receiver').waitFor();
    expect((await view('receiver')).config).toMatchObject({ batchSize: 10 });
    await server.http.delete('/api/connections/receiver');
    await page.goto(`${server.url}/connections/partner-api`);
    await heading('Partner').waitFor();
  });

  it('take a stored secret away only when somebody says so', async () => {
    await button('Settings').click();
    await button('Remove Token').click();
    await page.getByText('Is removed when this is saved.').waitFor();
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('');
    await save();
    await badge('does not work').waitFor();
    expect(await view('partner-api')).toMatchObject({ secretsSet: [] });
  });

  it('are listed with what they are and whether they work', async () => {
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
    await page.goto(`${server.url}/connectors/file`);
    await field('Name').fill('People');
    await field('File to read').fill('people.csv');
    await save();
    await badge('works').waitFor();
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Connections' }).click();
    const lists = page.getByRole('main').getByRole('list');
    const rows = lists.first().getByRole('listitem');
    await rows.nth(1).waitFor();
    await rows.getByText('HTTP API (JSON)').waitFor(); // the titles of connectors come after them
    const texts = (await rows.allTextContents()).toSorted();
    expect(texts[0]).toMatch(/^does not workPartner.*HTTP API \(JSON\)/);
    expect(texts[1]).toMatch(/^worksPeoplechecked .*File$/);
    await page.getByRole('searchbox').fill('crm');
    await page.getByRole('status').getByText('1 of 2 connections').waitFor();
  });

  it('are listed apart from what is part of Millrace, which is looked at and read from, and nothing else', async () => {
    const apart = page.getByRole('region', { name: 'Part of Millrace' });
    await apart.waitFor({ state: 'detached' }); // not searched for
    await page.getByRole('searchbox').fill('');
    await apart.getByRole('listitem').nth(2).waitFor();
    expect(await apart.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^built inProfile store/),
      expect.stringMatching(/^built inLanding/),
      expect.stringMatching(/^built inCollected events/),
    ]);
    await page.getByRole('status').getByText('2 connections').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('searchbox').fill('raw landing');
    await page.getByText('No connection is like that.').waitFor();
    await page.getByRole('searchbox').fill('landing');
    await page.getByRole('status').getByText('0 of 2 connections').waitFor();
    expect(await page.getByText('No connection is like that.').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
    await apart.getByRole('link', { name: /Profile store/ }).click();
    await heading('Profile store').waitFor();
    await page.getByRole('region', { name: 'What can be read' }).getByText('Profiles').first().waitFor();
    await badge('built in').waitFor();
    for (const name of ['Check now', 'Settings', 'Remove this connection']) expect(await button(name).count()).toBe(0);
  });

  it('fit a telephone, too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of [
      'connections',
      'connectors/http-json',
      'connections/partner-api',
      'connections/partner-api/settings',
    ]) {
      await page.goto(`${server.url}/${path}`);
      await page
        .getByText(/1 of|2 connections|Save and check|Asking|What can be|Remove this/)
        .first()
        .waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('are removed after a question; one that a sync uses is not, and that is said', async () => {
    const to = { connection: 'profiles', object: 'profile' };
    const from = { connection: 'people', stream: 'rows' };
    await server.http.put('/api/syncs/people', { name: 'People', from, to, mapping: { 'identities.email': 'email' } });
    await page.goto(`${server.url}/connections/people`);
    await button('Remove this connection').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('alert').getByText('Remove that sync first').waitFor();
    await page.goto(`${server.url}/connections/partner-api`);
    await button('Remove this connection').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await heading('Connections').waitFor();
    expect((await server.http.get('/api/connections/partner-api')).status).toBe(404);
  });

  it('rest with their connector, which is disabled and enabled where it is connected', async () => {
    await page.goto(`${server.url}/connectors/file`);
    await button('Disable this connector').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable it' }).click();
    await page.getByText('It is disabled.').waitFor();
    await page.goto(`${server.url}/connections/people`);
    await badge('disabled').waitFor();
    await page.goto(`${server.url}/connectors/file`);
    await button('Enable it').click();
    await field('File to read').waitFor();
  });

  it('are an operator’s: who writes mails has no way there', async () => {
    const theirs = await enter('marketer');
    await theirs.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    expect(await theirs.getByRole('button', { name: 'New connection' }).count()).toBe(0);
    await theirs.goto(`${server.url}/`);
    await theirs.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
    expect(await theirs.getByRole('link', { name: 'Connections' }).count()).toBe(0);
    await theirs.context().close();
  });

  it('broke nothing in any page', () => {
    expect(errors).toEqual([]);
  });
});
