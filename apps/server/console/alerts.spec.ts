import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { channelSpecs } from '#alerts';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { channelSchemas } from '../../console/alert-rooms/channel-schemas.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { openShop, type ShopOfSyncs } from './testing/shop-of-syncs.ts';
import { signedIn } from './testing/signed-in.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

describeWithChromium('alerts in the console', () => {
  let server: TestServer;
  let shop: ShopOfSyncs;
  let browser: Browser;
  let page: Page;
  let receiver: Server;
  let url: string;
  let answers = 202;
  const received: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/alerts'); // it is built meanwhile
    shop = await openShop(server);
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push(body);
        response.writeHead(answers).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    browser = await launchChromium();
    await built(server);
    page = await enter('operator');
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    receiver?.close();
    shop?.close();
    await server?.close();
  });

  const enter = (role: string) => signedIn(server, browser, { role, at: 'alerts' });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const badge = (state: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(state, { exact: true });
  const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}( required)?$`) });
  const tick = (name: string) => page.getByRole('checkbox', { name });
  const rule = async (slug: string) => (await server.http.get<object>(`/api/alerts/rules/${slug}`)).data;
  const channel = async (slug: string) => (await server.http.get<object>(`/api/alerts/channels/${slug}`)).data;

  it('begin with a rule, which is kept while a channel is made for it', async () => {
    await page.getByText('No alert rule yet: nobody is told').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await button('New rule').click();
    await heading('New alert rule').waitFor();
    await button('Save').click();
    await field('Name').and(page.locator(':focus')).waitFor();
    await page.getByText('Give it a name.').waitFor();
    await page.getByText('Say who is told.').waitFor();
    await field('Name').fill('Everything of the shop');
    await field('Labels').fill('finance');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Signed webhook' }).click();
    await heading('New channel: Signed webhook').waitFor();
  });

  it('go to a channel, which is tried and tells what came of it; its secrets are never shown', async () => {
    await field('Name').fill('People on call');
    await field('Address').fill(url);
    await page.getByLabel('Signing secret').fill('short');
    await button('Save').click();
    await page.getByLabel('Signing secret').and(page.locator('[aria-invalid]')).waitFor();
    await page.getByLabel('Signing secret').fill(secret);
    expect(await seriousFaults(page)).toEqual([]);
    await field('Name').press('Enter');
    await heading('People on call').waitFor();
    await badge('not tried').waitFor();
    answers = 500;
    await button('Send a test message').click();
    await page.getByRole('alert').getByText('People on call: The message was not sent.').waitFor();
    await badge('does not work').waitFor();
    answers = 202;
    await button('Send a test message').click();
    await page.getByRole('status').getByText('People on call: The message was sent.').waitFor();
    await badge('works').waitFor();
    expect(received.at(-1)).toContain('alert.test');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.content()).not.toContain(secret);
    await button('Settings').click();
    await page.getByText('Stored, and kept.').waitFor();
    await field('Name').fill('On call');
    await button('Save').click();
    await heading('On call').waitFor();
    expect(await channel('people-on-call')).toMatchObject({ name: 'On call', secretsSet: ['secret'], revision: 2 });
  });

  it('are made of what is filled in, and told at the field where it is refused', async () => {
    await page.goto(`${server.url}/alerts/new-rule`);
    await page.getByText('This is what you had filled in and not saved.').waitFor();
    expect(await field('Name').inputValue()).toBe('Everything of the shop');
    await tick('On call').check();
    await field('What arrived is older than').fill('long');
    await button('Save').click();
    await field('What arrived is older than').and(page.locator(':focus')).waitFor();
    await page.getByText('Lag must be a time such as 90min or 2h').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await field('What arrived is older than').fill('2h');
    await page.getByLabel(/^More than this share/).fill('7');
    await tick('A run waits for approval').uncheck();
    await page.getByLabel('Another one: Syncs').selectOption('stock');
    await button('Add to: Syncs').click();
    await page.getByLabel('Another one: Syncs').selectOption('orders');
    await button('Add to: Syncs').click();
    await button('Remove Orders').click();
    await button('Save').click();
    await heading('Everything of the shop').waitFor();
    expect(await rule('everything-of-the-shop')).toMatchObject({
      name: 'Everything of the shop',
      enabled: true,
      on: { failed: true, overdue: true, rejectShare: 0.07, lag: '2h' },
      labels: ['finance'],
      syncs: ['stock'],
      to: ['people-on-call'],
      wait: '30s',
      repeat: '24h',
    });
    await page.getByText('more than 7 % rejects, older than 2h: syncs with the label finance, stock').waitFor();
    await button('Send a test message').click();
    await page.getByRole('status').getByText('On call: The message was sent.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('tell what is open, and are acknowledged where they are', async () => {
    await shop.run('invoices');
    await badge('alert open').waitFor();
    const open = page.getByRole('region', { name: 'Open alerts' });
    await open.getByRole('link', { name: 'Invoices' }).waitFor();
    await open.getByRole('button', { name: 'Acknowledge failed' }).click();
    await open.getByText('A operator deals with it: quiet until it recovers.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Alerts' }).click();
    const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Everything of the shop' });
    await row.getByText('open since').waitFor();
    await row.getByText('to On call').waitFor();
    expect(await row.textContent()).toMatch(/^alert open.*failed, overdue.*to On call$/);
    await page
      .getByRole('region', { name: /^Channels/ })
      .getByText('On call')
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are disabled and enabled, and changed without being written over', async () => {
    await page.getByRole('link', { name: /Everything of the shop/ }).click();
    await button('Disable').click();
    await badge('disabled').waitFor();
    await button('Settings').click();
    await field('Remind every').fill('');
    await server.http.patch('/api/alerts/rules/everything-of-the-shop', { wait: '1min' });
    await button('Save').click();
    await page.getByText('Somebody else changed this rule meanwhile. Nothing was saved.').waitFor();
    await button('Take theirs').click();
    await page.getByText('Somebody else').waitFor({ state: 'detached' });
    await hasValue(field('Wait for more of it'), '1min');
    await field('Remind every').fill('');
    await server.http.patch('/api/alerts/rules/everything-of-the-shop', { wait: '2min' });
    await button('Save').click();
    const both = page.getByRole('table', { name: 'Where they differ' });
    await both.waitFor();
    expect((await both.getByRole('row').allTextContents()).slice(1)).toEqual([
      'Wait for more of it2min1min',
      'Remind every24h(nothing)',
    ]);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Save mine').click();
    await heading('Everything of the shop').waitFor();
    expect(await rule('everything-of-the-shop')).toMatchObject({ enabled: false, wait: '1min', repeat: null });
    await button('Enable').click();
    await button('Disable').waitFor();
    await badge('disabled').waitFor({ state: 'detached' });
    expect(await rule('everything-of-the-shop')).toMatchObject({ enabled: true });
  });

  it('fit a telephone, in the dark too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const rooms = ['', '/new-rule', '/rules/everything-of-the-shop', '/channels/people-on-call/settings'];
    for (const path of rooms) {
      await page.goto(`${server.url}/alerts${path}`);
      await page
        .getByText(/1 rule|On call|Remove this|Stored, and/)
        .first()
        .waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await seriousFaults(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('are removed after a question; a channel only when no rule sends to it', async () => {
    const confirm = () => page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await page.goto(`${server.url}/alerts/channels/people-on-call`);
    await button('Remove this channel').click();
    await confirm();
    await page.getByRole('alert').getByText('sends to this channel').waitFor();
    await page.goto(`${server.url}/alerts/rules/everything-of-the-shop`);
    await button('Remove this rule').click();
    await confirm();
    await heading('Alerts').waitFor();
    await page.getByRole('link', { name: /^works/ }).click();
    await button('Remove this channel').click();
    await confirm();
    await heading('Alerts').waitFor();
    expect((await server.http.get('/api/alerts/channels/people-on-call')).status).toBe(404);
  });

  it('are an operator’s: a viewer may look', async () => {
    const theirs = await enter('viewer');
    await theirs.getByText('No alert rule yet').waitFor();
    expect(await theirs.getByRole('button', { name: 'New rule' }).count()).toBe(0);
    await theirs.goto(`${server.url}/alerts/new-rule`);
    await theirs.getByText('Rules and channels are made and changed by operators').waitFor();
    await theirs.context().close();
  });

  it('ask of a channel what the server wants to know', () => {
    for (const [type, { schema }] of Object.entries(channelSpecs))
      expect(plain(channelSchemas[type as keyof typeof channelSchemas])).toEqual(plain(schema));
  });

  it('broke nothing in any page', () => expect(errors).toEqual([]));
});

/** What a form is made from. */
function plain({
  properties = {},
  required = [],
}: {
  properties?: Record<string, object>;
  required?: string[];
}): object {
  const shown = Object.entries(properties as Record<string, Record<string, unknown>>).map(([name, field]) => {
    const { title, type, description, 'x-secret': isSecret } = field;
    return [name, { title, type, description, isSecret }];
  });
  return { fields: Object.fromEntries(shown) as object, required };
}
