import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { numbered, openShop, type ShopOfSyncs } from './testing/shop-of-syncs.ts';
import { signedIn } from './testing/signed-in.ts';

describeWithChromium('the syncs in the console', () => {
  let server: TestServer;
  let shop: ShopOfSyncs;
  let browser: Browser;
  let database: mongo.MongoClient;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/syncs'); // it is built meanwhile
    shop = await openShop(server);
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    browser = await launchChromium();
    await built(server);
    page = await enter('operator');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    shop?.close();
    await server?.close();
  });

  /** A page of somebody with a new key of that role, where that key leads. */
  const enter = (role: string) => signedIn(server, browser, { role });
  const open = (path: string) => page.goto(`${server.url}/syncs/${path}`);
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const rows = () => page.getByRole('main').getByRole('listitem');
  const act = (name: string) => page.getByRole('group', { name: 'Actions' }).getByRole('button', { name, exact: true });
  const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  const badge = (state: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(state, { exact: true });
  const told = (text: string | RegExp) => page.locator('[data-announcer]').getByText(text).last().waitFor();
  const figure = (name: string) =>
    page.getByRole('region', { name: 'Ledger' }).locator('dl > div', { hasText: name }).locator('dd');

  it('are where an operator begins: what needs somebody first, each with its state, its reason and its last run', async () => {
    await rows().nth(3).waitFor();
    await rows().first().getByText('Stock list · rows → Web shop · rows').waitFor(); // connections are named a moment later
    const found = await rows().allTextContents();
    expect(found.map((text) => /^(held|failed|ok|new)(Stock|Invoices|People|Orders)/.exec(text)?.[0])).toEqual([
      'heldStock',
      'failedInvoices',
      'newOrders',
      'okPeople',
    ]);
    expect(found[0]).toContain('Stock list · rows → Web shop · rows28 of 30 rows (93.3 %) would be removed');
    expect(found[1]).toMatch(/failed (just now|\d+ minutes? ago) · 0 readno schedule/);
    expect(found[3]).toMatch(/succeeded (just now|\d+ minutes? ago) · 3 read, 1 rejecteddue in 6 hours/);
    expect(await page.title()).toBe('Syncs · Millrace');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are found by text, label and state, and rest or go on by their label', async () => {
    await page.getByRole('searchbox').fill('sto');
    await page.getByRole('status').getByText('1 of 4 syncs').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'failed 1' }).click();
    await page.getByRole('status').getByText('1 of 4 syncs').waitFor();
    await page.getByLabel('Label').selectOption('shop');
    await page.getByText('No sync is like that.').waitFor();
    await page.getByRole('button', { name: 'failed 0' }).click();
    await page.getByRole('status').getByText('2 of 4 syncs').waitFor();
    await act('Pause them').click();
    await page.getByRole('dialog', { name: 'Pause all 2 syncs with the label “shop”?' }).waitFor();
    await confirm('Pause');
    await rows().getByText('paused', { exact: true }).nth(1).waitFor();
    await told('Paused all 2 syncs with the label “shop”.');
    expect((await server.http.get('/api/syncs/stock')).data).toMatchObject({ paused: true });
    await act('Resume them').click();
    await confirm('Resume');
    await rows().filter({ hasText: 'People' }).getByText('due in 6 hours').waitFor();
  });

  it('come back as they were searched for, and survive a reload', async () => {
    await page
      .getByRole('main')
      .getByRole('link', { name: /People/ })
      .focus();
    await page.keyboard.press('Enter');
    await heading('People').and(page.locator(':focus')).waitFor();
    await page.goBack();
    await page.getByRole('status').getByText('2 of 4 syncs').waitFor();
    await page.goForward();
    await page.reload();
    await heading('People').waitFor();
    await page.getByRole('link', { name: 'Templates' }).click();
    await heading('Templates').waitFor();
    await page.goBack();
    await heading('People').waitFor();
  });

  it('tell how far a run is, and pause it', async () => {
    await open('orders');
    await act('Run now').click();
    await told('A run was started.');
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('row').filter({ hasText: 'running' }).getByRole('cell', { name: '50' }).first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await act('Pause the run').click();
    await badge('paused').waitFor();
    await act('Resume the run').click();
    await badge('running').waitFor();
  });

  it('read on in the log of a run that goes on, from where they were', async () => {
    const {
      data: { activeRun: run },
    } = await server.http.get<{ activeRun: string }>('/api/syncs/orders');
    const lines = database.db().collection<{ _id: string }>('run_log_lines');
    const line = (number: number) => {
      const name = String(number).padStart(3, '0');
      return { _id: `0${name}`, run, at: new Date(), level: 'info', message: `Line ${name}` };
    };
    await lines.insertMany(Array.from({ length: 250 }, (_, i) => line(i)));
    await open(`orders/runs/${run}`);
    await page.getByText('Line 249').waitFor();
    const isOfLog = (url: string) => url.includes(`/api/runs/${run}/log`);
    const looks: string[] = [];
    page.on('request', (request) => void (isOfLog(request.url()) && looks.push(request.url())));
    await page.waitForResponse((response) => isOfLog(response.url()));
    await lines.insertOne({ ...line(250), _id: 'zz' });
    await page.getByText('Line 250').waitFor();
    expect(await page.getByText(/^Line /).count()).toBe(251);
    expect(looks.length).toBeGreaterThan(0);
    expect(looks.filter((url) => !url.includes('after='))).toEqual([]);
    await lines.deleteMany({ message: /^Line / });
  });

  it('keep the rejects that somebody reads while more come', async () => {
    const isRun = /\/api\/runs\/run_[^/?]+$/;
    let rejected = 2;
    await page.route(isRun, async (route) => {
      const response = await route.fetch();
      const run = (await response.json()) as { ledger: object };
      await route.fulfill({ response, json: { ...run, ledger: { ...run.ledger, rejected } } });
    });
    let readings = 0;
    page.on('request', (request) => void (request.url().includes('/rejects') && readings++));
    await page.getByRole('tab', { name: 'Rejects 2' }).click();
    await page.getByText('No row was refused').waitFor();
    rejected = 5;
    await page.getByText('3 more since then.').waitFor();
    rejected = 1_005;
    await page.getByText('1,003 more since then.').waitFor();
    expect(readings).toBe(1);
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByText('1,003 more since then.').waitFor({ state: 'detached' });
    await page.getByText('No row was refused').waitFor();
    expect(readings).toBe(2);
    await page.unrouteAll({ behavior: 'wait' }); // one of them may be under way
  });

  it('let a run go on to its end', async () => {
    await open('orders');
    await badge('running').waitFor();
    shop.release();
    await badge('ok').waitFor();
    await told('Orders is ok.');
    await page.getByRole('row', { name: /succeeded manual 50 50 0/ }).waitFor();
    await page.getByText('Rows read a day at most 50').waitFor();
    await page.getByText('As a table').click();
    await page.getByRole('row', { name: /1 succeeded 50 0/ }).waitFor();
  });

  it('say why a run failed, and try it again', async () => {
    await open('invoices');
    await page.getByText('GET /invoices was expected to answer with JSON').waitFor();
    shop.mend();
    await act('Retry the last run').click();
    await badge('ok').waitFor();
    await page.getByRole('row', { name: /succeeded retry 3 3 0/ }).waitFor();
  });

  it('show what the API says when it refuses', async () => {
    await page.route('**/api/syncs/*/runs', async (route) => {
      await server.http.patch('/api/connectors/http-json', { enabled: false });
      return route.continue();
    });
    await act('Run now').click();
    await page.getByRole('alert').getByText('disabled').waitFor();
    await page.unroute('**/api/syncs/*/runs');
    await badge('disabled').waitFor();
    expect(await act('Run now').count()).toBe(0);
    await server.http.patch('/api/connectors/http-json', { enabled: true });
    await badge('ok').waitFor();
  });

  it('remove nothing that was held and cancelled, and what was approved', async () => {
    await open('stock');
    await page.getByText('28 of 30 rows (93.3 %) would be removed').waitFor();
    await act('Cancel the run').click();
    await page.getByRole('dialog').getByText('nothing is removed').waitFor();
    await confirm('Cancel the run');
    await badge('cancelled').waitFor();
    await act('Run now').click();
    await badge('held').waitFor();
    await act('Approve').click();
    await page.getByRole('dialog').getByText('28 of 30 rows (93.3 %) would be removed').waitFor();
    await confirm('Approve');
    await badge('ok').waitFor();
    const newest = page.getByRole('table', { name: 'Runs, newest first' }).getByRole('row').nth(1);
    await newest.getByText('succeeded').waitFor();
    await newest.getByRole('link').click();
    await page.getByText('28 deleted').waitFor();
  });

  it('tell of a run its ledger, its log and its rejects, and map those again', async () => {
    await open('people');
    await page
      .getByRole('row', { name: /succeeded/ })
      .getByRole('link')
      .click();
    await heading(/^Run of/).waitFor();
    expect(await Promise.all(['read', 'written', 'rejected'].map((name) => figure(name).textContent()))).toEqual([
      '3',
      '= 2',
      '+ 1',
    ]);
    await page.getByText('The run was made (trigger: manual).').waitFor();
    await page.getByRole('tab', { name: 'Rejects 1' }).click();
    await page.getByText('customers.jsonl:2').first().waitFor();
    await page.getByText('is not an e-mail address').waitFor();
    await page.getByText('Original').click();
    await page.getByText('"not an address"').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await server.http.patch('/api/syncs/people', { mapping: { 'identities.$source': 'id' } });
    const first = page.url();
    await page.getByRole('button', { name: 'Replay customers.jsonl:2' }).click();
    await page.waitForURL((url) => url.href !== first);
    await badge('succeeded').waitFor();
    expect(await figure('written').textContent()).toBe('= 1');
    await page.goBack();
    await page.getByRole('tab', { name: 'Rejects 1' }).click();
    await page.getByRole('link', { name: 'Replayed' }).waitFor();
    expect(await page.getByRole('button', { name: /Replay/ }).count()).toBe(0);
  });

  it('are held where a schema drifts, and name the fields', async () => {
    await shop.writeRows('stock.jsonl', [{ ...numbered(1)[0], colour: 'red' }]);
    await shop.api.patch('/api/syncs/stock', { drift: 'pause', mode: 'upsert' });
    const { id } = await shop.run('stock');
    await open(`stock/runs/${id}`);
    await page.getByRole('region', { name: 'Drift' }).getByText('colour new: string waits for approval').waitFor();
    await act('Approve').click();
    await badge('succeeded').waitFor();
  });

  it('read everything again only when somebody means it', async () => {
    await shop.api.put('/api/syncs/people/starts-from', { startsFrom: { cursor: 17 } });
    await open('people');
    await act('Read everything again').click();
    await page.getByRole('dialog').getByText('The next run would start from {"cursor":17}.').waitFor();
    await page.keyboard.press('Escape');
    expect((await server.http.get('/api/syncs/people')).data).toMatchObject({ startsFrom: { cursor: 17 } });
    await act('Read everything again').click();
    await confirm('Forget where it was');
    await told('The next run reads everything.');
    await act('Read everything again').waitFor({ state: 'detached' });
    expect((await server.http.get('/api/syncs/people')).data).not.toHaveProperty('startsFrom');
    await page.getByRole('group', { name: 'Actions' }).and(page.locator(':focus')).waitFor();
  });

  it('ask nothing while nobody looks, and go on when somebody does', async () => {
    const theirs = await enter('operator');
    const item = (name: string) => theirs.getByRole('main').getByRole('listitem').filter({ hasText: name });
    await theirs.clock.install();
    await theirs.reload();
    await item('Orders').waitFor();
    let asked = 0;
    await theirs.route('**/api/syncs?*', (route) => {
      asked++;
      return route.continue();
    });
    const see = (state: string) =>
      theirs.evaluate(
        `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`,
      );
    const answered = theirs.waitForResponse('**/api/syncs?*');
    await theirs.clock.runFor(30_000);
    await answered;
    await see('hidden');
    const before = asked;
    await theirs.clock.runFor(600_000);
    expect(asked).toBe(before);
    await shop.api.patch('/api/syncs/orders', { name: 'All orders' });
    await see('visible');
    await item('All orders').waitFor();
    await theirs.context().close();
  });

  it('say when the server cannot be reached, and go on by themselves', async () => {
    await page.goto(`${server.url}/syncs`);
    await rows().nth(3).waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    await rows().nth(3).waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await shop.api.patch('/api/syncs/stock', { name: 'All stock' });
    await rows().getByText('All stock').waitFor();
  });

  it('fit a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['', '/people', `/people/runs/${await lastRunOf('people')}`]) {
      await page.goto(`${server.url}/syncs${path}`);
      await page.getByRole('main').getByText('succeeded').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
  });

  const lastRunOf = async (sync: string) =>
    (await server.http.get<{ lastRun: { id: string } }>(`/api/syncs/${sync}`)).data.lastRun.id;

  it('are seen by a viewer, who steers nothing; a marketer begins at the templates', async () => {
    const theirs = await enter('viewer');
    await theirs.getByRole('heading', { name: 'Templates' }).waitFor();
    await theirs.getByRole('link', { name: 'Syncs' }).click();
    await theirs
      .getByRole('main')
      .getByRole('link', { name: /People/ })
      .click();
    await theirs
      .getByRole('row', { name: /succeeded/ })
      .last()
      .getByRole('link')
      .click();
    await theirs.getByRole('tab', { name: 'Rejects 1' }).click();
    await theirs.getByText('is not an e-mail address').waitFor();
    expect(await theirs.getByRole('group', { name: 'Actions' }).count()).toBe(0);
    expect(await theirs.getByText('Original').count()).toBe(0);
    await theirs.context().close();
    const marketer = await enter('marketer');
    await marketer.getByRole('heading', { name: 'Templates' }).waitFor();
    await marketer.context().close();
  });

  it('say what is not there', async () => {
    await open('nothing');
    await page
      .getByRole('alert')
      .getByText('There is no sync "nothing". It was removed, or the address is not whole.')
      .waitFor();
    await open('people/runs/run_nothing');
    await page.getByRole('alert').getByText('There is no run run_nothing.').waitFor();
  });

  it('ran without an error, and without the editor of the Studio', async () => {
    expect(errors).toEqual([]);
    const scripts = await page.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)");
    expect(scripts.filter((name) => name.includes('/console/studio-'))).toEqual([]);
  });
});
