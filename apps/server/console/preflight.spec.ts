import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { hasValue } from './testing/has-value.ts';
import { loadPeople } from './testing/people.ts';
import { signedIn } from './testing/signed-in.ts';

describeWithChromium('preflights in the Studio', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer();
    await server.http.put('/api/audiences/named', {
      name: 'Who has a name',
      condition: { field: 'traits.firstName', is: 'exists' },
    });
    await loadPeople(server);
    await server.http.put('/api/templates/news', {
      name: 'News',
      subject: 'Hello {{defaultIfEmpty firstName "you"}}',
      source: '<p>Hello {{firstName}},</p>\n{{#if city}}<p>From {{city}}</p>{{/if}}\n',
      purpose: 'transactional',
    });
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'admin', at: 'studio' });
    await page.getByRole('button', { name: /News/ }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const dialog = () => page.getByRole('dialog', { name: 'Preflight' });
  const open = () => page.getByRole('button', { name: 'Preflight', exact: true }).click();
  const figure = (name: string) => dialog().locator('dl > div', { hasText: name }).locator('dd');

  it('counts for everybody, and tells what exceeds the limits', async () => {
    await open();
    await dialog().getByText('A preflight composes the mail for everybody').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Tab'); // from the button that closes the dialog to the audiences
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog().getByText('33.33 % of mails have a blank, 1 % at most are allowed').waitFor();
    expect(await figure('would be sent the mail').textContent()).toBe('3 100 %');
    expect(await figure('mails with a blank').textContent()).toBe('1 33.3 %');
    await dialog().getByRole('row', { name: '{{#if city}} holds, line 2 2 66.7 %' }).waitFor();
    await page.getByRole('log').getByText('The preflight for everybody has ended: exceeds limits.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('shows the mail of whom it concerns', async () => {
    await dialog().getByRole('tab', { name: 'Blanks' }).click();
    await dialog().getByRole('button', { name: 'Look at the mail for Zhang' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.frameLocator('iframe:not([inert])').getByText('From Shenzhen').waitFor();
  });

  it('is for an audience, by limits that one may change', async () => {
    await open();
    await dialog().getByText('Limits of this template').click();
    const blanks = dialog().getByLabel('Mails with a blank, at most');
    await hasValue(blanks, '1');
    await blanks.fill('0.5');
    await dialog().getByRole('button', { name: 'Save the limits' }).click();
    await page.getByRole('log').getByText('The limits are saved.').waitFor();
    await dialog().getByLabel('For whom').selectOption('Who has a name');
    await dialog().getByRole('button', { name: 'Start the preflight' }).click();
    await dialog().getByText('this mail may be exported for named').waitFor();
    const { data } = await server.http.get<object>('/api/templates/news/gate?audience=named');
    expect(data).toMatchObject({ state: 'passed', limits: { blanks: 0.005 } });
    await dialog().getByRole('navigation', { name: 'Preflights' }).getByRole('button').nth(1).click();
    await dialog().getByText('33.33 % of mails have a blank').waitFor();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    const overhang = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))";
    expect(await page.evaluate(overhang)).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
  });
});
