import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { describeWithChromium, launchChromium, newVisitor } from '#tools/browser';
import { startMailReceiver, type MailReceiver } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { loadPeople } from './testing/people.ts';

describeWithChromium('sending from the Studio', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let mails: MailReceiver;
  const errors: string[] = [];

  beforeAll(async () => {
    mails = await startMailReceiver({ user: 'me', password: 'secret' });
    server = await startTestServer({
      smtpUrl: mails.url,
      mailFrom: 'shop@example.com',
      testRecipients: ['team@example.com', '@test.example.com'],
    });
    await loadPeople(server);
    await server.http.put('/api/purposes/marketing', { title: 'Marketing', basis: 'optOut' });
    await server.http.put('/api/templates/news', {
      name: 'News',
      preflight: { blanks: 1, fallbacks: 1 },
      subject: 'Hello {{defaultIfEmpty firstName "you"}}',
      source: '<p>Hello {{firstName}}</p>\n{{#each orders}}<p>{{id}}</p>{{/each}}\n',
    });
    const condition = { field: 'traits.city', is: 'equals', value: 'Oslo' };
    await server.http.put('/api/audiences/in-oslo', { condition });
    browser = await launchChromium();
    page = await (await newVisitor(browser, { viewport: { width: 1440, height: 900 } })).newPage();
    listen(page);
    await built(server);
    await page.goto(`${server.url}/studio`);
    await page.getByLabel('API key').waitFor();
    await page.getByLabel('API key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /News/ }).click();
    const search = page.getByRole('combobox', { name: /Person/ });
    await search.click();
    await search.fill('Ann');
    await page.getByRole('option', { name: /Ann/ }).click();
    await page.getByRole('region', { name: 'Preview' }).getByText('Hello Ann').first().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await mails?.close();
  });

  const listen = (opened: Page) => {
    opened.on('pageerror', (error) => errors.push(error.message));
    opened.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
  };
  const dialog = () => page.getByRole('dialog', { name: 'Send and share' });
  const picture = async (name: string) => {
    const folder = process.env.MILLRACE_SCREENSHOTS;
    if (folder) await page.screenshot({ path: `${folder}/sending-${name}.png` });
  };

  it('sends the mail of the preview to an allowed address, with the keyboard alone', async () => {
    await page.getByRole('button', { name: 'Send', exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await hasValue(dialog().getByLabel('To', { exact: true }), 'team@example.com');
    expect(await seriousFaults(page)).toEqual([]);
    await dialog().getByLabel('To', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialog()
      .getByText(/Sent to team@example.com. It is the mail of the preview, to the last letter/)
      .waitFor();
    expect(mails.received).toMatchObject([{ to: ['team@example.com'] }]);
    await picture('test-mail');
    await dialog().getByLabel('To', { exact: true }).fill('stranger@example.com');
    await page.keyboard.press('Enter');
    await dialog().getByRole('alert').getByText('MILLRACE_TEST_RECIPIENTS').waitFor();
    expect(mails.received).toHaveLength(1);
  });

  it('makes a link that others can open, and takes it back', async () => {
    await dialog().getByRole('tab', { name: 'Link' }).click();
    await dialog().getByRole('combobox', { name: 'The link works for' }).selectOption('30');
    await dialog().getByRole('button', { name: 'Make a link' }).click();
    const link = dialog().getByRole('textbox', { name: 'Link' });
    const url = await link.inputValue();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('link');
    const stranger = await (await newVisitor(browser, { viewport: { width: 1440, height: 900 } })).newPage();
    listen(stranger);
    await stranger.goto(url);
    await stranger.getByRole('heading', { name: 'Hello Ann' }).waitFor();
    await stranger.frameLocator('iframe').getByText('Hello Ann').waitFor();
    await stranger.getByText('Plain text').click();
    await stranger.locator('pre').getByText('Hello Ann').waitFor();
    expect(await seriousFaults(stranger)).toEqual([]);
    if (process.env.MILLRACE_SCREENSHOTS) {
      await stranger.getByText('Desktop').click();
      await stranger.screenshot({ path: `${process.env.MILLRACE_SCREENSHOTS}/sending-shared.png` });
      await stranger.setViewportSize({ width: 360, height: 740 });
      await stranger.screenshot({ path: `${process.env.MILLRACE_SCREENSHOTS}/sending-shared-360.png` });
    }
    await dialog().getByRole('button', { name: 'Take back' }).focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('Taken back').and(page.locator(':focus')).waitFor();
    await stranger.goto(url);
    await stranger.getByRole('heading', { name: 'This link was taken back' }).waitFor();
    await stranger.close();
  });

  it('exports the mails of what is published, with who was left out and why', async () => {
    const openExport = async () => {
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await dialog().getByRole('tab', { name: 'Test mail' }).focus();
      for (const _ of ['Link', 'Export']) await page.keyboard.press('ArrowRight');
    };
    const exports = () => dialog().getByRole('button', { name: 'Export the mails' });
    await dialog().getByRole('tab', { name: 'Export' }).click();
    await dialog().getByText('publish the template first').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1 is out').waitFor();
    const { data: wei } = await server.http.post<{ id: string }>('/api/profiles/lookup', {
      identity: 'email:wei@example.com',
    });
    const refusal = {
      channel: 'email',
      purpose: 'marketing',
      state: 'denied',
      source: 'telephone',
      evidence: { call: 'C-1' },
    };
    expect(await server.http.post(`/api/profiles/${wei.id}/consents`, refusal)).toMatchObject({ status: 201 });
    await openExport();
    await dialog().getByText('There is no preflight of this version for them yet.').waitFor();
    expect(await exports().getAttribute('aria-disabled')).toBe('true');
    expect(await seriousFaults(page)).toEqual([]);
    await picture('export-gate');

    await dialog().getByLabel('Export all the same, because').fill('Looked through by hand');
    await page.keyboard.press('Enter');
    await dialog().getByText('2 mails, complete.').waitFor();
    await dialog().getByRole('heading', { name: 'Left out (1)' }).waitFor();
    await dialog().getByText('1 · they refused').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture('export');
    await page.setViewportSize({ width: 360, height: 740 });
    await picture('export-360');
    expect(await page.locator('html').evaluate((root: { scrollWidth: number }) => root.scrollWidth)).toBe(360);
    await page.setViewportSize({ width: 1440, height: 900 });
    const downloading = page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Save the file' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe('news-v1.jsonl');
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { to: string }).to).sort()).toEqual([
      'ann@example.com',
      'olivia@example.com',
    ]);

    await dialog().getByRole('button', { name: 'Go to the preflight' }).click();
    await page.getByRole('button', { name: 'Start the preflight' }).click();
    await page.getByText('Passed.', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await openExport();
    await dialog().getByText('A preflight of this version for them has passed.').waitFor();
    const breakOff = async (route: Route) => {
      const [first = ''] = (await (await route.fetch()).text()).split('\n');
      await route.fulfill({ contentType: 'application/x-ndjson', body: `${first}\n` });
    };
    await page.route('**/api/exports', breakOff, { times: 1 });
    await exports().focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('Not complete: it stopped after 1 mail.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await dialog().getByText('2 mails, complete.').waitFor();
  });

  it('does not throw exported mails away without asking, and names the file by whom they are for', async () => {
    const question = page.getByRole('dialog', { name: 'Leave without the file?' });
    const stay = async () => {
      await question.getByRole('button', { name: 'Stay' }).click();
      await question.waitFor({ state: 'detached' });
    };
    await dialog().getByRole('tab', { name: 'Link' }).click();
    await page.keyboard.press('Escape');
    await question.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await stay();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await stay();
    await dialog().getByRole('tab', { name: 'Export' }).click();
    const whom = dialog().getByRole('combobox', { name: 'For whom' });
    await whom.selectOption('in-oslo');
    await stay();
    await dialog().getByRole('heading', { name: 'Version 1, for everybody' }).waitFor();
    await whom.selectOption('in-oslo');
    await question.getByRole('button', { name: 'Leave without it' }).click();
    await dialog().getByText('2 mails, complete.').waitFor({ state: 'detached' });
    await dialog().getByLabel('Export all the same, because').fill('Looked through by hand');
    await page.keyboard.press('Enter');
    await dialog().getByText('1 mail, complete.').waitFor();
    await dialog().getByRole('heading', { name: 'Version 1, for in-oslo' }).waitFor();
    const downloading = page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Save the file' }).click();
    expect((await downloading).suggestedFilename()).toBe('news-v1-in-oslo.jsonl');
  });

  it('takes a link to a mail that is not saved back later, too', async () => {
    const openLinks = async () => {
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await dialog().getByRole('tab', { name: 'Link' }).click();
    };
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'HTML' }).click();
    await page.keyboard.insertText('Not saved');
    await openLinks();
    await dialog().getByRole('button', { name: 'Make a link' }).click();
    const back = dialog().getByRole('button', { name: 'Take back' });
    await back.waitFor();
    await page.keyboard.press('Escape');
    await openLinks();
    await back.click();
    await dialog().getByText('Taken back').nth(1).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'HTML' }).click();
    await page.keyboard.press('Control+z');
    await page
      .getByRole('status')
      .getByText(/^Saved ·/)
      .waitFor();
  });

  it('translates a draft that is not saved, whatever is supposed of the person', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await page.getByRole('button', { name: /just happened/ }).click();
    await page.getByLabel('As if this had just happened').fill('Cart Abandoned');
    await page.getByRole('textbox', { name: 'HTML' }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('<p>Not saved</p>');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog().getByRole('tab', { name: 'Other platforms' }).click();
    const platform = dialog().getByRole('combobox', { name: 'Platform' });
    const held: Route[] = [];
    await page.route('**/api/translations', (route) => void held.push(route));
    const translate = async (vendor: string) => {
      await platform.selectOption(vendor);
      const asked = page.waitForRequest('**/api/translations');
      await dialog().getByRole('button', { name: 'Translate' }).click();
      await asked;
    };
    await translate('sendgrid');
    await platform.selectOption('mailchimp'); // while the other answer is on its way
    const answered = page.waitForResponse('**/api/translations');
    await held[0]?.continue();
    expect((await answered).status()).toBe(200);
    await page.unroute('**/api/translations');
    await dialog().getByRole('button', { name: 'Translate' }).and(page.locator(':not([aria-busy])')).waitFor();
    expect(await dialog().getByText('Not translated').count()).toBe(0);
    await dialog().getByRole('button', { name: 'Translate' }).click();
    await dialog().getByText('<p>Not saved</p>').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove the event' }).click();
    await page.getByRole('textbox', { name: 'HTML' }).click();
    await page.keyboard.press('Control+z');
    await page
      .getByRole('status')
      .getByText(/^Saved ·/)
      .waitFor();
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  });

  it('translates for another platform, takes names of fields, and leads to what has no words there', async () => {
    await dialog().getByRole('tab', { name: 'Other platforms' }).click();
    await dialog().getByRole('combobox', { name: 'Platform' }).selectOption('mailchimp');
    await dialog().getByRole('button', { name: 'Translate' }).click();
    await dialog().getByText('Mailchimp does not go through lists').waitFor();
    await dialog().getByLabel('Field of Mailchimp for firstName').fill('GIVENNAME');
    await dialog().getByRole('button', { name: 'Translate' }).click();
    await dialog().getByText('<p>Hello *|GIVENNAME|*</p>').waitFor();
    await dialog().getByText('Not proven: Mailchimp itself has not rendered it.').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog().getByRole('button', { name: 'Copy Subject' }).click();
    await dialog().getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'Hello *|IF:GIVENNAME|**|GIVENNAME|**|ELSE:|*you*|END:IF|*',
    );
    expect(await seriousFaults(page)).toEqual([]);
    await picture('platforms');
    await page.setViewportSize({ width: 360, height: 740 });
    await picture('platforms-360');
    expect(await page.locator('html').evaluate((root: { scrollWidth: number }) => root.scrollWidth)).toBe(360);
    await page.setViewportSize({ width: 1440, height: 900 });
    const downloading = page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'HTML', exact: true }).click();
    expect((await downloading).suggestedFilename()).toBe('mailchimp.html');
    await dialog().getByRole('button', { name: 'HTML, line 2, column 1', exact: true }).click();
    await page.getByRole('textbox', { name: 'HTML' }).and(page.locator(':focus')).waitFor();
    expect(errors).toEqual([]);
  });
});
