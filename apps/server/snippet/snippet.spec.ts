import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import type { EventView, ProfileView } from '#profiles';
import { describeWithChromium, launchChromium, newVisitor } from '#tools/browser';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { SnippetDto } from './snippet.dto.ts';
import { pasted, startWebSite, type WebSite } from './testing/web-site.ts';

interface Message {
  type: string;
  event?: string;
  messageId: string;
  anonymousId: string;
  userId?: string;
  properties: Record<string, string>;
  context: { page: object; campaign?: object; library: object };
}

describeWithChromium('the script for web pages', () => {
  let server: TestServer;
  let snippet: SnippetDto;
  let source: { id: string; writeKey: string };
  let site: WebSite;
  let browser: Browser;
  let database: mongo.MongoClient;
  let context: BrowserContext;
  let faults: string[] = [];
  /** Requests that reached for the collector. */
  let requests: Request[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    ({ data: snippet } = await server.http.get<SnippetDto>('/api/snippet'));
    ({ data: source } = await server.http.post<typeof source>('/api/sources', { name: 'Shop, web' }));
    site = await startWebSite(server.url, pasted(snippet.pinnedLoader, source.writeKey));
    browser = await launchChromium();
  });

  afterEach(async () => {
    await context?.close();
    await inbox().deleteMany({});
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await database?.close();
    await server?.close();
  });

  const inbox = () => database.db().collection<{ _id: string; source: string; json: string }>('inbox');
  const received = async (): Promise<Message[]> =>
    (await inbox().find({ source: source.id }).sort({ lane: 1, seq: 1 }).toArray()).map(
      ({ json }) => JSON.parse(json) as Message,
    );
  /** What has arrived, once there is so much. */
  async function arrived(count: number): Promise<Message[]> {
    for (;;) {
      const messages = await received();
      if (messages.length >= count) return messages;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A new visitor. */
  async function visitor(script?: string): Promise<void> {
    context = await newVisitor(browser);
    if (script !== undefined) await context.addInitScript(script);
    faults = [];
    requests = [];
    context.on('request', (request) => {
      if (request.url().startsWith(`${server.url}/v1/`)) requests.push(request);
    });
    context.on('console', (message) => {
      if (message.type() !== 'info' && !/ERR_(FAILED|INTERNET_DISCONNECTED)|status of 429/.test(message.text()))
        faults.push(message.text());
    });
    context.on('weberror', (fault) => faults.push(fault.error().message));
  }

  async function open(path: string, page?: Page): Promise<Page> {
    const opened = page ?? (await context.newPage());
    await opened.goto(site.url + path);
    await until(opened, 'window.millrace?.isLoaded');
    return opened;
  }

  /** Asked over the debugger: the site's policy forbids what playwright would use. */
  async function until(page: Page | undefined, expression: string): Promise<void> {
    while (!(await page?.evaluate<unknown>(expression))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  const allSent = (page: Page | undefined) =>
    until(page, '!Object.keys(localStorage).some((key) => key.includes(".m."))');

  const stored = (page: Page): Promise<string[]> => page.evaluate('Object.keys(localStorage).sort()');

  it('has at most 5 KB, and can be kept and checked', async () => {
    const { data, headers } = await server.http.get<string>('/millrace.js', {
      headers: { origin: 'https://shop.example.com' },
    });
    const bytes = gzipSync(data, { level: 9 }).length;
    process.stdout.write(`millrace.js: ${bytes} bytes gzipped, ${Buffer.byteLength(data)} as they are\n`);
    expect(bytes).toBeLessThanOrEqual(5 * 1024);
    expect(data).not.toMatch(/\beval\(|new Function/);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': expect.stringContaining('max-age=3600'),
    });
    expect(snippet.integrity).toBe(`sha384-${createHash('sha384').update(data).digest('base64')}`);
    const fresh = { headers: { 'if-none-match': String(headers.etag) } };
    expect((await server.http.get('/millrace.js', fresh)).status).toBe(304);
    const versioned = await server.http.get<string>(snippet.versionedUrl, { headers: { authorization: '' } });
    expect([versioned.data === data, versioned.headers['cache-control']]).toEqual([
      true,
      'public, max-age=31536000, immutable',
    ]);
    expect((await server.http.get('/millrace.0000000000000000.js')).status).toBe(404);
  });

  it('stores and sends nothing before consent, what came before it with consent, and forgets all on refusal', async () => {
    await visitor();
    const page = await open('/start?utm_source=mail&utm_campaign=spring');
    await page.evaluate('millrace.track("Early", { n: 1 })');
    expect([await stored(page), await context.cookies(), requests]).toEqual([[], [], []]);
    expect(await page.evaluate('millrace.anonymousId()')).toBeUndefined();

    await page.evaluate('millrace.consent(true)');
    const [first, second] = await arrived(2);
    expect(first).toMatchObject({
      type: 'page',
      properties: { path: '/start', title: expect.stringContaining('Shop /start') },
      context: { campaign: { source: 'mail', name: 'spring' }, library: { name: 'millrace.js' } },
      anonymousId: await page.evaluate('millrace.anonymousId()'),
    });
    expect(second).toMatchObject({ type: 'track', event: 'Early', properties: { n: 1 } });

    const before = requests.length;
    await page.evaluate('millrace.consent(false); millrace.track("Late"); millrace.flush()');
    expect(await stored(page)).toEqual([]);
    await page.close({ runBeforeUnload: true });
    expect(requests).toHaveLength(before);
    expect(await received()).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  it('tells what came before consent of the person of that time, though one call cannot be sent', async () => {
    await visitor();
    const page = await open('/a');
    await page.evaluate(
      'const loop = {}; loop.loop = loop; millrace.identify("ann"); millrace.track("Ann"); millrace.track("Loop", loop); ' +
        'millrace.reset(); millrace.track("Somebody"); millrace.consent(true); millrace.track("Later")',
    );
    const messages = await arrived(5);
    expect(messages.map(({ event, type }) => event ?? type)).toEqual(['page', 'identify', 'Ann', 'Somebody', 'Later']);
    const [, , ann, somebody, later] = messages;
    expect([ann?.userId, somebody?.userId, later?.userId]).toEqual(['ann', undefined, undefined]);
    expect(somebody?.anonymousId).not.toBe(ann?.anonymousId);
    expect(later?.anonymousId).toBe(somebody?.anonymousId);
    expect(faults).toEqual([expect.stringContaining('no JSON')]);
  });

  it('remembers a yes, and takes a refusal in one tab for all of them', async () => {
    await visitor();
    const one = await open('/a');
    await one.evaluate('millrace.consent("granted")');
    const two = await open('/b');
    await arrived(2);
    await one.evaluate('millrace.consent("denied")');
    await until(two, 'millrace.anonymousId() === undefined');
    await two.evaluate('millrace.track("Never")');
    expect(await stored(two)).toEqual([]);
    const three = await open('/c');
    await three.evaluate('millrace.flush()');
    expect((await received()).map(({ properties }) => properties.path)).toEqual(['/a', '/b']);
  });

  it('tells page views of single-page apps, once each', async () => {
    await visitor();
    const page = await open('/a');
    await page.evaluate('millrace.consent(true)');
    await page.evaluate('history.pushState({}, "", "/b"); document.title = "B"');
    await page.evaluate('history.replaceState({}, "", "/b")');
    await page.evaluate('history.pushState({}, "", "/b#place")');
    await page.evaluate('history.pushState({}, "", "/c#/route")');
    await page.evaluate('history.go(-2)');
    await until(page, 'location.pathname === "/b"');
    const views = (await arrived(4)).map(({ properties }) => [properties.path, properties.title, properties.referrer]);
    const at = (path: string) => site.url + path;
    expect(views).toEqual([
      ['/a', 'Shop /a', ''],
      ['/b', 'B', at('/a')],
      ['/c', 'B', at('/b')],
      ['/b', 'B', at('/c#/route')],
    ]);
  });

  it('tells of a page that the browser prepares once somebody goes there', async () => {
    await visitor('Object.defineProperty(document, "prerendering", { get: () => !window.isShown })');
    const page = await open('/a');
    await page.evaluate('millrace.consent(true); history.pushState({}, "", "/b"); millrace.track("Before")');
    await page.evaluate('isShown = true; document.dispatchEvent(new Event("prerenderingchange"))');
    const told = (await arrived(2)).map(({ event, properties }) => event ?? properties.path);
    expect(told).toEqual(['Before', '/b']);
  });

  it('keeps what happens offline over a reload, and sends it once when it is online again', async () => {
    await visitor('navigator.sendBeacon = () => false'); // routes do not hold beacons back
    const page = await open('/a');
    await page.evaluate('millrace.consent(true)');
    await arrived(1);
    await context.route(`${server.url}/v1/**`, (route) => route.abort('internetdisconnected'));
    await page.evaluate('millrace.track("Offline 1"); millrace.flush()');
    await open('/b', page); // its server is still there
    await context.setOffline(true);
    await page.evaluate('millrace.track("Offline 2"); millrace.flush()');
    expect(await received()).toHaveLength(1);
    await context.unroute(`${server.url}/v1/**`);
    await context.setOffline(false);
    const messages = await arrived(4);
    expect(messages.map(({ event, properties }) => event ?? properties.path)).toEqual([
      '/a',
      'Offline 1',
      '/b',
      'Offline 2',
    ]);
    await allSent(page);
    expect(await received()).toHaveLength(4);
  });

  it('sends by a beacon when the page is left, and the server counts once what comes again', async () => {
    await visitor(`{
      const send = navigator.sendBeacon.bind(navigator);
      navigator.sendBeacon = (url, body) => {
        sessionStorage.setItem('beacon', body);
        return send(url, body);
      };
    }`);
    const page = await open('/a');
    await page.evaluate('millrace.consent(true)');
    await arrived(1);
    await allSent(page);
    await page.evaluate('millrace.track("Last words"); location.href = "about:blank"');
    const messages = await arrived(2);
    expect(messages[1]).toMatchObject({ event: 'Last words' });
    await open('/b', page);
    expect(await page.evaluate('JSON.parse(sessionStorage.beacon).batch.map(({ event }) => event)')).toEqual([
      'Last words',
    ]);
    await page.evaluate('millrace.flush()');
    await arrived(3);
    await allSent(page);
    expect((await received()).map(({ event, properties }) => event ?? properties.path)).toEqual([
      '/a',
      'Last words',
      '/b',
    ]);
  });

  it.each([
    ['with locks', undefined],
    ['without locks, as on pages without TLS', 'Object.defineProperty(navigator, "locks", { value: undefined })'],
  ])('counts what several tabs send at once, each once: %s', async (_, script) => {
    await visitor(script);
    const tabs = [await open('/a'), await open('/b')];
    await tabs[0]?.evaluate('millrace.consent(true)');
    await until(tabs[1], 'millrace.anonymousId()');
    const chatter = 'for (let i = 0; i < 60; i++) { millrace.track("E" + i); if (i % 10 === 0) millrace.flush() }';
    await Promise.all(tabs.map((tab) => tab.evaluate(chatter)));
    const messages = await arrived(122);
    for (const tab of tabs) await allSent(tab);
    expect(await received()).toHaveLength(122);
    expect(new Set(messages.map(({ anonymousId }) => anonymousId)).size).toBe(1);
  });

  it('asks again after what the server says, and never again with a key that is refused', async () => {
    await visitor();
    await context.clock.install();
    const answers: Record<string, string>[] = [{ status: '429', 'retry-after': '3600' }, { status: '503' }];
    await context.route(`${server.url}/v1/**`, (route) => {
      const { status, ...headers } = answers.shift() ?? {};
      if (status === undefined) return route.continue();
      const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
      return route.fulfill({ status: Number(status), headers: { ...cors, ...headers } });
    });
    const page = await open('/a');
    await page.evaluate('millrace.consent(true)');
    await until(page, 'Object.keys(localStorage).some((key) => key.endsWith(".rest"))');
    await page.evaluate('millrace.flush()'); // not before that time
    expect(requests).toHaveLength(1);
    await context.clock.fastForward('01:00:00');
    expect(await arrived(1)).toHaveLength(1);
    expect(requests).toHaveLength(3);

    answers.push({ status: '401' });
    await page.evaluate('millrace.track("Refused"); millrace.flush()');
    await page.evaluate('millrace.track("Refused, too"); millrace.flush()');
    expect(requests).toHaveLength(4);
  });

  it('drops what is too large, and keeps the newest 500 messages', async () => {
    await visitor();
    const page = await open('/a');
    await context.setOffline(true);
    await page.evaluate('millrace.consent(true); millrace.track("Huge", { text: "ü".repeat(20000) })');
    expect(faults).toEqual([expect.stringContaining('too large')]);
    await page.evaluate('for (let i = 0; i < 520; i++) millrace.track("E" + i)');
    expect((await stored(page)).filter((key) => key.includes('.m.'))).toHaveLength(500);
    await context.setOffline(false);
    const events = (await arrived(500)).map(({ event }) => event);
    expect([events[0], events.at(-1)]).toEqual(['E20', 'E519']);
  });

  it('heeds Global Privacy Control and Do Not Track, unless the page says otherwise', async () => {
    for (const signal of [
      'navigator, "globalPrivacyControl", { value: true }',
      'navigator, "doNotTrack", { value: "1" }',
    ]) {
      await visitor(`Object.defineProperty(${signal})`);
      const page = await open('/a');
      await page.evaluate('millrace.consent(true); millrace.track("E"); millrace.flush()');
      expect([await stored(page), requests]).toEqual([[], []]);
      await context.close();
    }
    const head = pasted(snippet.loader, source.writeKey).replace('");\n<', '", { respectSignals: false });\n<');
    const heedless = await startWebSite(server.url, head);
    await visitor('Object.defineProperty(navigator, "globalPrivacyControl", { value: true })');
    const page = await context.newPage();
    await page.goto(`${heedless.url}/a`);
    await page.evaluate('millrace.consent(true)'); // the loader keeps it until the script is there
    await arrived(1);
    await heedless.close();
  });

  it('needs no script within the page', async () => {
    const strict = await startWebSite(server.url, snippet.tag.replace('YOUR_WRITE_KEY', source.writeKey));
    await visitor();
    const page = await context.newPage();
    await page.goto(`${strict.url}/a`);
    await until(page, 'window.millrace?.isLoaded');
    await page.evaluate('millrace.consent(true)');
    expect(await arrived(1)).toMatchObject([{ type: 'page', properties: { path: '/a' } }]);
    expect(faults).toEqual([]);
    await strict.close();
  });

  it('sends where the browser lets it store nothing', async () => {
    const sealed = await startWebSite(server.url, pasted(snippet.loader, source.writeKey), '; sandbox allow-scripts');
    await visitor();
    const page = await context.newPage();
    await page.goto(`${sealed.url}/a`);
    await until(page, 'window.millrace?.isLoaded');
    await page.evaluate('millrace.consent(true); millrace.track("Kept in memory"); millrace.flush()');
    expect((await arrived(2)).map(({ type, event }) => event ?? type)).toEqual(['page', 'Kept in memory']);
    expect(faults).toEqual([]);
    await sealed.close();
  });

  it('joins what somebody did before to the person who they turn out to be', async () => {
    await visitor();
    const page = await open('/a');
    await page.evaluate('millrace.consent(true); millrace.identify(""); millrace.identify(null, { lang: "en" })');
    await page.evaluate('millrace.track("Product Viewed", { sku: "S-1" })');
    const anonymousId: string = await page.evaluate('millrace.anonymousId()');
    await page.evaluate('millrace.identify("u1", { email: "ann@example.com", plan: "pro" })');
    for (;;) {
      const { data } = await server.http.post<ProfileView>('/api/profiles/lookup', { identity: 'user:u1' });
      if (!data.identities?.some(({ key }) => key === `anonymous:${anonymousId}`)) continue;
      expect(data).toMatchObject({ traits: { email: 'ann@example.com', plan: 'pro', lang: 'en' } });
      const { data: timeline } = await server.http.get<{ data: { event?: EventView }[] }>(
        `/api/profiles/${data.id}/timeline`,
      );
      const names = timeline.data.flatMap(({ event }) => event?.name ?? []);
      if (names.length >= 2) expect(names.sort()).toEqual(['Page Viewed', 'Product Viewed']);
      else continue;
      break;
    }
    await page.evaluate('millrace.reset(); millrace.track("Somebody else")');
    const last = (await arrived(6)).at(-1);
    expect(last).toMatchObject({ event: 'Somebody else' });
    expect([last?.userId, last?.anonymousId === anonymousId]).toEqual([undefined, false]);
  });
});
