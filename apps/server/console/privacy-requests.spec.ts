import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { loadCards, loadKnownPeople } from './testing/known-people.ts';
import { signedIn } from './testing/signed-in.ts';

/** What people may ask for under data protection law: asked for in their room, followed in a room of its own. */
describeWithChromium('privacy requests in the console', () => {
  let server: TestServer;
  let database: mongo.MongoClient;
  let browser: Browser;
  let page: Page;
  let ann: string;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    await server.http.get('/people'); // the console is built meanwhile
    await loadKnownPeople(server);
    ann = (await server.http.post<{ id: string }>('/api/profiles/lookup', { identity: 'ann@example.com' })).data.id;
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'admin', name: 'Pia', at: `people/${ann}` });
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await server?.close();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const rights = () => page.getByRole('region', { name: 'Their rights' });
  const dialog = () => page.getByRole('dialog');
  const state = (text: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(text, { exact: true });
  const openAnn = async () => {
    await page.goto(`${server.url}/people/${ann}`);
    await rights().waitFor();
  };

  it('export everything about somebody, to be read and for machines', async () => {
    await rights().getByText('They have asked for nothing yet').waitFor();
    await button('Export everything').click();
    await dialog().getByText('It can be downloaded for 14 days').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.type('T-17');
    await page.keyboard.press('Enter');
    await heading('Export').waitFor();
    await state('done').waitFor();
    await page.getByText('Everything was collected').waitFor();
    expect(await page.getByRole('definition').filter({ hasText: 'by Pia' }).count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await button('Download it for machines').click();
    const file = await (await download).path();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ orders: [{ id: 'A-1001' }] });
    const readable = page.waitForEvent('download');
    await button('Download it to be read').click();
    expect(await readFile(await (await readable).path(), 'utf8')).toContain('Oslo');
  });

  it('restrict somebody until that is lifted', async () => {
    await openAnn();
    await rights().getByRole('listitem').filter({ hasText: 'T-17' }).waitFor();
    await button('Restrict').click();
    await dialog().getByRole('button', { name: 'Restrict it' }).click();
    await heading('Restriction').waitFor();
    await state('done').waitFor();
    await openAnn();
    await page.getByText('asked not to be processed').first().waitFor();
    await page.getByRole('status').getByText('The use of their data is restricted').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await rights().getByRole('listitem').count()).toBe(2);
    await rights().getByRole('link').filter({ hasText: 'Restriction' }).click();
    await button('Lift it').click();
    await dialog().getByText('Their data is used again').waitFor();
    await dialog().getByRole('button', { name: 'Lift it' }).click();
    await state('lifted').waitFor();
    expect(await button('Lift it').count()).toBe(0);
    await openAnn();
    await rights().getByText('lifted').waitFor();
    await page.getByText('asked not to be processed').waitFor({ state: 'detached' });
    await page.getByText('The use of their data is restricted').waitFor({ state: 'detached' });
  });

  it('erase somebody, once it is typed that it is meant', async () => {
    await openAnn();
    await button('Erase').click();
    await dialog().getByText('Nothing brings back what is erased.').waitFor();
    await dialog().getByText('Known as email:ann@example.com').waitFor();
    expect(await dialog().getByRole('term').allTextContents()).toEqual(expect.arrayContaining(['profile', 'orders']));
    await dialog().getByRole('button', { name: 'Erase them' }).click();
    await dialog().getByText('Type erase: what is erased does not come back.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect((await server.http.get<{ data: object[] }>('/api/privacy/requests?kind=erase')).data.data).toEqual([]);
    await page.keyboard.type('Erase');
    await page.keyboard.press('Enter');
    await heading('Erasure').waitFor();
    await page.getByText('Rows that are under way are let through first.').waitFor();
    await page.getByRole('region', { name: 'What was done' }).getByText('Erased', { exact: true }).waitFor();
    await page.getByRole('term').getByText('identities', { exact: true }).waitFor();
    expect((await server.http.get(`/api/profiles/${ann}`)).status).toBe(404);
  });

  it('are listed, and looked at by admins only', async () => {
    await page.goto(`${server.url}/people`);
    await button('Privacy requests').click();
    await page.getByRole('status').getByText('3 requests', { exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('Show').selectOption('exports');
    await page.getByRole('status').getByText('1 request', { exact: true }).waitFor();
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await heading('Export').waitFor();
    const theirs = await signedIn(server, browser, { role: 'operator', at: 'privacy-requests' });
    await theirs.getByText('your key has the role operator').waitFor();
    const { data } = await server.http.post<{ id: string }>('/api/profiles/lookup', { identity: 'olivia@example.com' });
    await theirs.goto(`${server.url}/people/${data.id}`);
    await theirs.getByRole('heading', { name: 'What they may be sent' }).waitFor();
    expect(await theirs.getByRole('button', { name: 'Erase' }).count()).toBe(0);
    await theirs.context().close();
  });

  it('tell what is to be done by hand and which files are gone, and let an erasure be lifted', async () => {
    const requests = database.db().collection<{ _id: string }>('privacy_requests');
    const told = { sync: 'to-mailer', syncName: 'To the mailer', connection: 'mailer', object: 'contact' };
    const destinations = [{ ...told, deleted: 1, byHand: 2, reason: 'the mailer refused it' }];
    const over = { state: 'done', finishedAt: new Date(), destinations }; // whoever carries it out takes a minute and more
    const ended = { $set: over, $inc: { epoch: 1 }, $unset: { open: '', subject: '', reason: '' } } as const;
    const erasure = await requests.findOneAndUpdate({ kind: 'erase' }, ended);
    await page.goto(`${server.url}/privacy-requests/${erasure?._id}`);
    await state('done').waitFor();
    const elsewhere = page.getByRole('region', { name: 'In other systems' });
    await elsewhere.getByText('1 deleted; 2 to be deleted there by hand: the mailer refused it').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await button('Lift it').click();
    await dialog().getByText('What they had refused stays refused.').waitFor();
    await dialog().getByRole('button', { name: 'Lift it' }).click();
    await state('lifted').waitFor();
    expect(await button('Lift it').count()).toBe(0);

    const expired = { $set: { expiresAt: new Date(0) } };
    const files = await requests.findOneAndUpdate({ kind: 'export' }, expired);
    await page.goto(`${server.url}/privacy-requests/${files?._id}`);
    await page.getByText('Its files are gone').waitFor();
    expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0);
  });

  it('fit a telephone, in the dark too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const { data } = await server.http.get<{ data: { id: string }[] }>('/api/privacy/requests?kind=erase');
    for (const [path, text] of [
      ['privacy-requests', '3 requests'],
      [`privacy-requests/${data.data[0]?.id}`, 'Who they are was found out'],
    ] as const) {
      await page.goto(`${server.url}/${path}`);
      await page.getByText(text, { exact: true }).waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });

  it('mean the person of the room, whoever has got an identity of theirs meanwhile', async () => {
    await loadCards(server, [{ id: 'D1', card: 'D1', user: '901', email: 'desk@example.com' }]);
    const { data } = await server.http.post<{ id: string }>('/api/profiles/lookup', { identity: 'user:901' });
    await page.goto(`${server.url}/people/${data.id}`);
    await rights().waitFor();
    await loadCards(server, [{ id: 'D1', card: 'D1', user: '901' }]);
    await loadCards(server, [{ id: 'D2', user: '902', email: 'desk@example.com' }]);
    await button('Export everything').click();
    await dialog().getByText('Known as The cards:D1, user:901.', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Export it' }).click();
    await heading('Export').waitFor();
    await page.getByRole('definition').getByText('The cards, kept as the keyed hash').waitFor();
    await state('done').waitFor();
    const download = page.waitForEvent('download');
    await button('Download it for machines').click();
    const told = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { profile: object[] };
    expect(told.profile).toMatchObject([{ id: data.id }]);
  });
});
