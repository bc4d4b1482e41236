import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startMailReceiver, startReceiver, type MailReceiver, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

const password = 'pass-word-of-the-mailbox';

describeWithChromium('channels by mail and chat in the console', () => {
  let server: TestServer;
  let mails: MailReceiver;
  let chat: Receiver;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.get('/alerts'); // it is built meanwhile
    mails = await startMailReceiver({ user: 'ops', password });
    chat = await startReceiver();
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'operator', at: 'alerts' });
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    chat?.close();
    await mails?.close();
    await server?.close();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const badge = (state: string) =>
    page.getByRole('heading', { level: 1 }).locator('..').getByText(state, { exact: true });
  const field = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}( required)?$`) });
  const secret = (name: string) => page.getByLabel(new RegExp(`^${name}( required)?$`));
  const channel = async (slug: string) => (await server.http.get<object>(`/api/alerts/channels/${slug}`)).data;
  const test = async (told: string) => {
    await button('Send a test message').click();
    await page.getByText(told).first().waitFor();
  };

  it('by mail are made for several addresses, told at the field what is wrong', async () => {
    await page.getByRole('link', { name: 'E-mail' }).click();
    await heading('New channel: E-mail').waitFor();
    await field('Name').fill('Ops mailbox');
    await button('Save').click();
    await page.getByText('It is not right yet').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await button('Add to To').and(page.locator(':focus')).waitFor();
    await button('Add to To').press('Enter');
    await page.keyboard.type('on-call@example.com');
    await button('Add to To').click();
    await page.keyboard.type('not an address');
    await field('From').fill('millrace@example.com');
    await secret('Mail server').fill('mail.example.com');
    await button('Save').click();
    await page.getByText('to must be e-mail addresses', { exact: false }).or(page.getByText(/email/)).first().waitFor();
    await secret('Mail server').and(page.locator('[aria-invalid]')).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'To 2' }).fill('chief@example.com');
    await secret('Mail server').fill(mails.url.replace(password, 'wrong'));
    await button('Save').click();
    await heading('Ops mailbox').waitFor();
    await page.getByText('on-call@example.com, chief@example.com').waitFor();
  });

  it('by mail tell that the mail server refused them, and work once its password is right', async () => {
    await test('Ops mailbox: The message was not sent.');
    await badge('does not work').waitFor();
    expect(await page.content()).not.toContain('wrong@');
    expect(mails.received).toEqual([]);
    await button('Settings').click();
    await page.getByText('Stored, and kept.').waitFor();
    await secret('Mail server').fill(mails.url);
    await button('Save').click();
    await heading('Ops mailbox').waitFor();
    await test('Ops mailbox: The message was sent.');
    await badge('works').waitFor();
    expect(mails.received).toMatchObject([
      { from: 'millrace@example.com', to: ['on-call@example.com', 'chief@example.com'], user: 'ops' },
    ]);
    expect(await page.content()).not.toContain(password);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('by mail are changed, and keep their password', async () => {
    await button('Settings').click();
    await field('Name').fill('Chief');
    await button('Remove To 1').press('Enter');
    await button('Add to To').and(page.locator(':focus')).waitFor();
    await button('Save').click();
    await heading('Chief').waitFor();
    await test('Chief: The message was sent.');
    expect(mails.received.at(-1)).toMatchObject({ to: ['chief@example.com'], user: 'ops' });
    expect(await channel('ops-mailbox')).toMatchObject({ name: 'Chief', config: { smtp: null }, secretsSet: ['smtp'] });
  });

  it('of a chat are made with an address that is a secret, tried and changed', async () => {
    await page.goto(`${server.url}/alerts/new-channel/slack`);
    await heading('New channel: Slack-compatible webhook').waitFor();
    await field('Name').fill('Ops chat');
    await button('Save').click();
    await secret('Address').and(page.locator('[aria-invalid]')).waitFor();
    await secret('Address').fill(`${chat.url}/services/T0/B0/hidden-part`);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Save').click();
    await heading('Ops chat').waitFor();
    chat.answer = () => ({ status: 404, body: 'no_service' });
    await test('Ops chat: The message was not sent.');
    chat.answer = () => ({ status: 200, body: 'ok' });
    await test('Ops chat: The message was sent.');
    await badge('works').waitFor();
    expect(chat.received.at(-1)?.path).toBe('/hook/services/T0/B0/hidden-part');
    expect(JSON.parse(chat.received.at(-1)?.body ?? '{}')).toHaveProperty('text');
    expect(await page.content()).not.toContain('hidden-part');
    await button('Settings').click();
    await secret('Address').fill(`${chat.url}/services/T0/B0/another-part`);
    await button('Save').click();
    await heading('Ops chat').waitFor();
    await test('Ops chat: The message was sent.');
    expect(chat.received.at(-1)?.path).toBe('/hook/services/T0/B0/another-part');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('broke nothing in any page', () => expect(errors).toEqual([]));
});
