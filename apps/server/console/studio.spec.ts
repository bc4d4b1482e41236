import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { describeWithChromium, launchChromium, newVisitor } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { seriousFaults } from './testing/accessibility.ts';
import { built } from './testing/built.ts';
import { loadPeople } from './testing/people.ts';

interface Boxed {
  getBoundingClientRect: () => { left: number; right: number };
}

/** What the specs know of an element in the browser. */
interface Written extends Boxed {
  ownerDocument: { createRange: () => Boxed & { selectNodeContents: (of: Written) => void } };
}

describeWithChromium('the Studio', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    await loadPeople(server);
    await server.http.put('/api/templates/news', {
      name: 'News',
      subject: 'Hello {{defaultIfEmpty firstName "you"}}',
      source: '<p>Hello {{firstName}},</p>\n<p><a href="https://example.com/buy">Buy</a></p>\n',
      fromName: undefined,
    });
    browser = await launchChromium();
    page = await (await newVisitor(browser, { viewport: { width: 1280, height: 800 } })).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      const isBlockedLink = message.text().startsWith('Running the JavaScript URL'); // that is what the policy is for
      if (message.text().includes('Content Security Policy') && !isBlockedLink) errors.push(message.text());
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const html = () => page.getByRole('textbox', { name: 'HTML' });
  const subject = () => page.getByRole('region', { name: 'Preview' }).getByRole('heading', { level: 2 });
  const mail = () => page.frameLocator('iframe:not([inert])');
  /** Once more where the mail is exchanged under the click, which takes its link along. */
  const clickInMail = async (text: string): Promise<void> => {
    try {
      await mail().getByText(text).click();
    } catch (error) {
      if (page.isClosed() || !String(error).includes('has been closed')) throw error;
      await clickInMail(text);
    }
  };
  const pick = async (name: string) => {
    const search = page.getByRole('combobox', { name: /Person/ });
    await search.click(); // empties it: the person who is shown may be called just like that
    await search.fill(name);
    await page.getByRole('option', { name: new RegExp(name) }).click();
  };
  const typeAtEnd = async (text: string) => {
    await html().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(text);
  };

  it('is built when somebody comes, and says so meanwhile', async () => {
    const first = await server.http.get<string>('/studio');
    if (first.status === 503) expect(first.data).toContain('The console is being built');
    await page.goto(`${server.url}/studio`);
    await built(server);
    await page.getByLabel('API key').waitFor();
  });

  it('tells when a key is wrong, and takes the right one', async () => {
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('API key').fill('mr_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('does not take this key').waitFor();
    await page.getByLabel('API key').fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /News/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('shows the mail for a person, and what is missing for another one', async () => {
    await page.getByRole('button', { name: /News/ }).click();
    await pick('Ann');
    await subject().getByText('Hello Ann').waitFor();
    await mail().getByText('Hello Ann,').waitFor();
    await page.getByRole('tab', { name: 'Variants' }).waitFor();
    const { data: audit } = await server.http.get<{ data: { path: string }[] }>('/api/audit?limit=200');
    expect(audit.data.filter(({ path }) => path === '/api/variants')).toEqual([]); // to look at a template is no deed
    await page.getByRole('button', { name: 'Random' }).click();
    await subject()
      .getByText(/Hello (you|Olivia)/)
      .waitFor();
    await pick('Zhang');
    await subject().getByText('Hello you').waitFor();
    await page.getByRole('button', { name: /Who has no \{\{firstName\}\} is greeted/ }).click();
    await html().and(page.locator(':focus')).waitFor();
    expect(await html().locator('.cm-lintRange-warning').textContent()).toContain('firstName');
    await page.getByRole('log').getByText('Preview updated for Zhang: 1 missing, 1 with a fallback.').last().waitFor();
  });

  it('does not show the mail of one person under the name of another', async () => {
    const held: Route[] = [];
    await page.route('**/api/preview', (route) => void held.push(route));
    const asked = page.waitForRequest('**/api/preview');
    await pick('Ann');
    await asked;
    await subject().getByText('Composing …').waitFor();
    await page.getByRole('tab', { name: 'Tokens', exact: true }).waitFor(); // without what Zhang lacks
    for (const route of held) await route.continue();
    await page.unroute('**/api/preview');
    await subject().getByText('Hello Ann').waitFor();
    await pick('Zhang');
    await subject().getByText('Hello you').waitFor();
  });

  it('follows what is typed, and keeps the mail inert', async () => {
    await typeAtEnd('<p>From {{city}}</p><script>parent.document.title = "taken"</script>');
    await mail().getByText('From Shenzhen').waitFor();
    await clickInMail('Buy');
    expect(page.context().pages()).toHaveLength(1);
    expect(await page.title()).toBe('• News · Templates · Millrace');
    const frame = await page.locator('iframe').first().getAttribute('src');
    const { headers } = await server.http.get(`${server.url}${frame}`);
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    await page.getByRole('tab', { name: /Tokens/ }).click();
    await page.getByRole('cell', { name: /Shenzhen Customer list/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('warns of a link that somebody’s data turned into code, and keeps it harmless', async () => {
    await page.getByRole('tab', { name: 'Mail' }).click();
    await typeAtEnd('<p><a target="_self" href="{{website}}">Theirs</a></p>');
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await page.getByRole('button', { name: /a trait were/ }).click();
    await page.getByLabel('Trait 1', { exact: true }).fill('website');
    for (const website of [
      'javascript:parent.document.title="taken"',
      'data:text/html,taken',
      ' JavaScript:top.location="x"',
    ]) {
      await page.getByLabel('Value of website').fill(website);
      await page.getByRole('region', { name: 'To look at' }).getByText(`The link "${website.trim()}`).waitFor();
      await clickInMail('Theirs');
      await mail().getByText('Buy').waitFor();
    }
    expect(await page.title()).toBe('• News · Templates · Millrace');
    expect(page.context().pages()).toHaveLength(1);
    await page.getByRole('button', { name: 'Remove website' }).click();
    await page.getByRole('button', { name: 'What if', exact: true }).click();
  });

  it('drops an answer that comes too late', async () => {
    await page.getByRole('tab', { name: 'Mail' }).click();
    let late: Route | undefined;
    await page.route('**/api/preview', (route) => {
      if (!route.request().postData()?.includes('Slow')) return route.continue();
      late = route;
      return undefined;
    });
    const asked = page.waitForRequest((request) => request.postData()?.includes('Slow') ?? false);
    await typeAtEnd('<p>Slow</p>');
    await asked;
    await page.keyboard.press('Control+z');
    await typeAtEnd('<p>Quick</p>');
    await mail().getByText('Quick').waitFor();
    await late?.continue();
    await page.unroute('**/api/preview');
    await typeAtEnd('<p>Last</p>');
    await mail().getByText('Last').waitFor();
    expect(await mail().getByText('Slow').count()).toBe(0);
  });

  it('shows whom one picked last, however slow the others are to come', async () => {
    await pick('Zhang');
    await subject().getByText('Hello you').waitFor();
    let late: Route | undefined;
    const isOne = /\/api\/profiles\/[^/?]+$/;
    const asked = page.waitForRequest(isOne);
    await page.route(isOne, (route) => (late ? route.continue() : void (late = route)));
    await pick('Ann');
    await asked;
    await pick('Olivia');
    await subject().getByText('Hello Olivia').waitFor();
    await late?.continue();
    await page.unroute(isOne);
    expect(await page.getByRole('combobox', { name: /Person/ }).inputValue()).toBe('Olivia Brooks');
    const search = page.getByRole('combobox', { name: /Person/ });
    const offered = page.getByRole('listbox', { name: 'People' }).getByRole('option');
    await search.click();
    await offered.nth(2).waitFor();
    await search.pressSequentially('zhang');
    await page.keyboard.press('Enter'); // before anybody is found
    await subject().getByText('Hello you').waitFor();
    await search.click();
    await search.pressSequentially('nobody is called so');
    await offered.nth(1).waitFor({ state: 'detached' }); // whoever is made up is always there
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Nobody is found by').waitFor();
  });

  it('marks a fault at its line and keeps the last mail', async () => {
    await typeAtEnd('\n{{#if city}}');
    const fault = page.getByRole('region', { name: 'To look at' }).getByRole('button', { name: /error/ });
    await fault.waitFor();
    expect(await subject().textContent()).toBe('Hello you');
    await html().click();
    for (let i = 0; i < 12; i++) await page.keyboard.press('Backspace');
    await fault.waitFor({ state: 'detached' });
  });

  it('leads to all that is known of somebody, and loses nothing meanwhile', async () => {
    await pick('Zhang');
    await page.getByRole('link', { name: 'wei@example.com' }).click();
    await page.getByRole('heading', { level: 1, name: 'Zhang' }).waitFor();
    await page.getByRole('region', { name: 'Traits' }).getByText('Shenzhen').waitFor();
    await page.goBack();
    await page.getByText('Your changes from before are back').waitFor();
    expect(await html().textContent()).toContain('From {{city}}');
  });

  it('loses nothing on a reload, saves, publishes, and tells of a conflict', async () => {
    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload();
    await (await asked).accept(); // "leave the page?"
    await reloaded;
    await page.getByText('Your changes from before are back').waitFor();
    expect(await html().textContent()).toContain('From {{city}}');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1 is out').waitFor();
    const { data } = await server.http.get<{ published: number; source: string }>('/api/templates/news');
    expect(data).toMatchObject({ published: 1, source: expect.stringContaining('From {{city}}') });

    await server.http.put('/api/templates/news', { name: 'News', subject: 'Theirs', source: '<p>Theirs</p>' });
    await typeAtEnd('<p>Mine</p>');
    await page.keyboard.press('Control+s');
    await page.getByText('Somebody saved revision 3').waitFor();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('dialog').getByText('Theirs').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Somebody saved revision').waitFor({ state: 'detached' });
    await expect(server.http.get('/api/templates/news')).resolves.toMatchObject({
      data: { revision: 4, source: expect.stringContaining('<p>Mine</p>') },
    });
  });

  it('edits whom the mail is from, how it is written, and what people must have agreed to', async () => {
    const fill = async (name: string, text: string) => {
      await page.getByRole('textbox', { name, exact: true }).click();
      await page.keyboard.insertText(text);
    };
    await fill('From', 'Shop of {{city}}');
    await fill('Answers to', 'service@example.com');
    await page.getByLabel('Purpose').fill('Newsletter');
    await page.getByLabel('Format').selectOption('MJML');
    await page.getByRole('tab', { name: 'MJML' }).waitFor();
    await page.getByLabel('Format').selectOption('HTML');
    await html().click();
    expect(await seriousFaults(page)).toEqual([]);
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.ok());
    await page.keyboard.press('Control+s');
    await saved;
    const { data } = await server.http.get<object>('/api/templates/news');
    expect(data).toMatchObject({
      fromName: 'Shop of {{city}}',
      replyTo: 'service@example.com',
      channel: 'email',
      purpose: 'newsletter',
    });
  });

  it('looks at an edge case, and at what the mail would say if something had just happened', async () => {
    await pick('Ann');
    await subject().getByText('Hello Ann').waitFor();
    await page.getByRole('button', { name: 'Edge case' }).click();
    await subject()
      .getByText(/Hello (you|Olivia)/) // one has no first name, the other no city
      .waitFor();
    await typeAtEnd('<p>{{events.0.name}}: {{events.0.properties.total}}</p>');
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await page.getByRole('button', { name: /just happened/ }).click();
    await page.getByLabel('As if this had just happened').fill('Cart Abandoned');
    await page.getByRole('button', { name: /With a property/ }).click();
    await page.getByLabel('Property 1', { exact: true }).fill('total');
    await page.getByLabel('Value of total').fill('49.9');
    await mail().getByText('Cart Abandoned: 49.9').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the event' }).click();
    await page.getByRole('button', { name: 'What if', exact: true }).click();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Look' }).click();
    await pick('Zhang'); // whose missing tokens make the row of tabs the widest
    await subject().getByText('Hello you').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('says that a template is gone in words for those who know no routes', async () => {
    for (const template of ['tpl_01M8EF57QGCBRXBH78RBMREDDA', 'tpl_torn']) {
      await page.goto(`${server.url}/studio/${template}`);
      await page.getByText('There is no such template: it was removed, or the address is not whole.').waitFor();
    }
    await page.getByRole('button', { name: 'Templates' }).click();
    await page.getByRole('button', { name: /News/ }).waitFor();
  });

  it('shows what is written from the right to the left so', async () => {
    const arabic = { name: 'أخبار', subject: 'مرحبا {{firstName}}!', source: '<p>x</p>', text: 'مرحبا {{firstName}}!' };
    await server.http.put('/api/templates/arabic', arabic);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/studio/arabic`);
    await subject().getByText('مرحبا').waitFor();
    await page.getByRole('tab', { name: 'Plain text' }).first().click();
    await page.getByRole('region', { name: 'Preview' }).getByRole('tab', { name: 'Plain text' }).click();
    const isAtTheRight = (place: Locator) =>
      place.evaluate((element: Written) => {
        const range = element.ownerDocument.createRange();
        range.selectNodeContents(element);
        const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
        return box.right - text.right < text.left - box.left;
      });
    const region = page.getByRole('region', { name: 'Preview' });
    const places = [
      region.getByRole('heading', { level: 2 }),
      region.locator('pre'),
      page.getByRole('textbox', { name: 'Subject' }).locator('.cm-line'),
      page.getByRole('textbox', { name: 'Plain text' }).locator('.cm-line').first(),
    ];
    expect(await Promise.all(places.map(isAtTheRight))).toEqual([true, true, true, true]);
  });

  it('says that nothing looks odd only when it is known', async () => {
    const link = '<a href="https://example.com/{{unsubscribeUrl}}">Unsubscribe</a>';
    const calm = {
      name: 'Calm',
      purpose: 'transactional',
      subject: 'News of today',
      preheader: 'All of it',
      source: `<p>Hello</p>${link}`,
    };
    await server.http.put('/api/templates/calm', calm);
    const held: Route[] = [];
    await page.route('**/api/lint', (route) => void held.push(route));
    const asked = page.waitForRequest('**/api/lint');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/studio/calm`);
    await asked;
    await subject().getByText('News of today').waitFor();
    const list = page.getByRole('region', { name: 'To look at' });
    await list.getByText('Looking…').waitFor();
    expect(await list.textContent()).not.toContain('Nothing');
    for (const route of held) await route.fulfill({ json: { findings: [] } });
    await page.unroute('**/api/lint');
    await list.getByText('Nothing looks odd.').waitFor();
  });

  it('does not say that nothing looks odd to those who may not have it looked at', async () => {
    const { data } = await server.http.post<{ key: string }>('/api/keys', { name: 'Vera', role: 'viewer' });
    const theirs = await (await newVisitor(browser)).newPage();
    await theirs.goto(`${server.url}/studio/news`);
    await theirs.getByLabel('API key').fill(data.key);
    await theirs.keyboard.press('Enter');
    await theirs.getByText('Previews and changes need the role marketer').waitFor();
    expect(await theirs.getByRole('region', { name: 'To look at' }).count()).toBe(0);
    await theirs.context().close();
  });

  it('runs without an error, under a policy that allows no inline script', async () => {
    expect(errors).toEqual([]);
    const { headers } = await server.http.get<string>('/');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['cache-control']).toBe('no-store');
    const script = await page.locator('script[src]').getAttribute('src');
    const asset = await server.http.get(new URL(script ?? '', `${server.url}/`).href);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/api/nothing', '/u/nobody', '/hooks/none', '/console/none.js', '/nothing'])(
    'leaves %s to others',
    async (path) => {
      const { status, data } = await server.http.get<unknown>(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(data)).not.toContain('<script');
    },
  );
});
