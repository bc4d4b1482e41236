import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { describeWithChromium, launchChromium } from '#tools/browser';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { built } from './testing/built.ts';
import { signedIn } from './testing/signed-in.ts';

/** What goes wrong while somebody works: slow and broken connections, others who work at the same, keys that end. */
describeWithChromium('the Studio in trouble', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let template: { id: string; revision: number };

  beforeAll(async () => {
    server = await startTestServer();
    browser = await launchChromium();
    await built(server);
    page = await signedIn(server, browser, { role: 'admin', at: 'studio' });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    const body = { name: 'News', subject: 'News', source: '<p>Hello</p>' };
    ({ data: template } = await server.http.post('/api/templates', body));
    await page.goto(`${server.url}/studio/${template.id}`);
    await html().waitFor();
  });

  const makeKey = async () => {
    const body = { name: 'k', role: 'marketer' };
    return (await server.http.post<{ id: string; key: string }>('/api/keys', body)).data;
  };
  const signIn = async (key: string) => {
    await page.getByLabel('API key').fill(key);
    await page.keyboard.press('Enter');
  };
  const html = () => page.getByRole('textbox', { name: 'HTML' });
  const write = async (text: string) => {
    await html().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(text);
  };
  const stored = async () => (await server.http.get<{ revision: number; source: string }>(path())).data;
  const path = () => `/api/templates/${template.id}`;
  const conflict = () => page.getByText('Somebody saved revision');
  const isSaved = () =>
    page
      .getByRole('status')
      .getByText(/^Saved ·/)
      .waitFor();
  /** Holds the next request back until it is let go on. */
  const hold = async (method: string): Promise<{ asked: Promise<unknown>; go: () => Promise<void> }> => {
    let held: Route | undefined;
    const asked = page.waitForRequest((request) => request.method() === method);
    await page.route(`**${path()}`, (route) => {
      if (held || route.request().method() !== method) return route.continue();
      held = route;
      return undefined;
    });
    return { asked, go: async () => held?.continue() };
  };

  it('saves once more behind a save that is under way, and is in no conflict with itself', async () => {
    const first = await hold('PUT');
    await write('<p>one</p>');
    await page.keyboard.press('Control+s');
    await first.asked;
    await write('<p>two</p>');
    await page.keyboard.press('Control+s');
    const second = page.waitForResponse((response) => response.request().postData()?.includes('two') ?? false);
    await first.go();
    expect((await second).status()).toBe(200);
    await isSaved();
    expect(await stored()).toMatchObject({ revision: 3, source: '<p>Hello</p><p>one</p><p>two</p>' });
    expect(await conflict().count()).toBe(0);
  });

  it('is in no conflict with what was saved after the room was left, or whose answer was lost', async () => {
    const save = await hold('PUT');
    await write('<p>left</p>');
    await page.keyboard.press('Control+s');
    await save.asked;
    await page.getByRole('button', { name: 'All templates' }).click();
    const answer = page.waitForResponse((response) => response.request().method() === 'PUT');
    await save.go();
    await answer;
    await page.goBack();
    await isSaved();
    expect(await html().textContent()).toContain('left');
    await page.unroute(`**${path()}`);

    await page.route(`**${path()}`, async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      await route.fetch();
      return route.abort(); // it was saved, and nobody heard of it
    });
    await write('<p>lost</p>');
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.unroute(`**${path()}`);
    await page.keyboard.press('Control+s');
    await isSaved();
    expect(await stored()).toMatchObject({ revision: 3, source: '<p>Hello</p><p>left</p><p>lost</p>' });
    expect(await conflict().count()).toBe(0);
  });

  it('publishes nothing that was not looked at', async () => {
    await server.http.put(path(), { name: 'News', subject: 'Theirs', source: '<p>Theirs</p>' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Somebody saved revision 2 of this template since you opened it. You see the one').waitFor();
    expect(await stored()).toMatchObject({ published: null });
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Theirs' }).waitFor();
    await page.frameLocator('iframe:not([inert])').getByText('Theirs').waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1 is out').waitFor();
    expect((await server.http.get(`${path()}/versions`)).data).toMatchObject({ data: [{ source: '<p>Theirs</p>' }] });
  });

  it('publishes while something is saved, and is in no conflict with itself', async () => {
    const publish = () => page.getByRole('button', { name: 'Publish' }).click();
    const saveMore = async (text: string) => {
      await write(text);
      const answered = page.waitForResponse((response) => response.request().method() === 'PUT');
      await page.keyboard.press('Control+s');
      await answered;
    };
    let answer: (() => Promise<void>) | undefined;
    const published = new Promise<void>((resolve) => {
      void page.route('**/publish', async (route) => {
        const response = await route.fetch();
        answer = () => route.fulfill({ response });
        resolve();
      });
    });
    await publish();
    await published;
    await saveMore('<p>one</p>');
    await answer?.();
    await page.getByText('version 1 is out').waitFor();
    await isSaved();
    expect(await page.evaluate(`sessionStorage.getItem('millrace.draft.${template.id}')`)).toBeNull();
    await page.unroute('**/publish');

    const asked = page.waitForRequest('**/publish');
    let held: Route | undefined;
    await page.route('**/publish', (route) => (held ? route.continue() : void (held = route)));
    await publish();
    await asked;
    await saveMore('<p>two</p>');
    await held?.continue();
    await page.getByText('version 2 is out').waitFor();
    expect((await server.http.get(`${path()}/versions?limit=1`)).data).toMatchObject({
      data: [{ source: '<p>Hello</p><p>one</p><p>two</p>' }],
    });
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute('**/publish');
  });

  it('tells of a publication whatever fails afterwards', async () => {
    await page.route(`**${path()}`, (route) => route.abort());
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1 is out').waitFor();
    await page.unroute(`**${path()}`);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('looks whether something was published where the answer was lost, and tells what is true', async () => {
    const publish = () => page.getByRole('button', { name: 'Publish' }).click();
    await page.route('**/publish', async (route) => {
      await route.fetch();
      return route.abort(); // it was published, and nobody heard of it
    });
    await publish();
    await page.getByText('version 1 is out').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute('**/publish');
    await write('<p>more</p>');
    await page.route('**/publish', (route) => route.abort());
    await publish();
    await page.getByRole('alert').getByText('It is not published').waitFor();
    await page.unroute('**/publish');
    await publish();
    await page.getByText('version 2 is out').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('says why what others saved could not be saved over', async () => {
    await write('<p>mine</p>');
    await server.http.put(path(), { name: 'News', subject: 'Theirs', source: '<p>Theirs</p>' });
    await page.keyboard.press('Control+s');
    await conflict().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0); // the conflict is told once
    await page.route(`**${path()}`, (route) => route.abort());
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.unroute(`**${path()}`);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await isSaved();
    await server.http.put(path(), { name: 'News', subject: 'Theirs', source: '<p>Theirs</p>' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await conflict().waitFor();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await conflict().waitFor({ state: 'detached' });
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('makes one template of one wish, and another one of another, whatever answers are lost', async () => {
    await page.getByRole('button', { name: 'All templates' }).click();
    await page.getByRole('button', { name: 'New template' }).click();
    const name = page.getByRole('textbox', { name: 'Name' });
    const create = () => page.getByRole('button', { name: 'Create' }).click();
    await page.route('**/api/templates', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      return route.abort(); // it was made, and nobody heard of it
    });
    for (const text of ['Twice', 'Twice']) {
      await name.fill(text);
      await create();
      await page.getByRole('alert').getByText('cannot be reached').waitFor();
    }
    await page.unroute('**/api/templates');
    await name.fill('Once');
    await create();
    await page.getByRole('heading', { name: 'Once', level: 1 }).waitFor();
    const { data } = await server.http.get<{ data: { name: string }[] }>('/api/templates?limit=200');
    const names = data.data.map((one) => one.name).filter((one) => one === 'Twice' || one === 'Once');
    expect(names.sort()).toEqual(['Once', 'Twice']);
  });

  it('says in plain words what stands in the way of saving, and keeps the draft', async () => {
    await write('<p>mine</p>');
    await page.getByLabel('Name of the template').fill('');
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').getByText('Give the template a name').waitFor();
    await page.getByLabel('Name of the template').fill('News');
    await server.http.delete(path());
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').getByText('Somebody removed this template. What you wrote is still here').waitFor();
    expect(await html().textContent()).toContain('mine');
    await page.evaluate(`sessionStorage.removeItem('millrace.draft.${template.id}')`); // signing out would ask for it
    page.once('dialog', (dialog) => void dialog.accept());
  });

  it('says of a part that does not load what to do, and keeps the rest', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1 is out').waitFor();
    await write('<p>mine</p>');
    await page.route('**/console/difference-*', (route) => route.abort());
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('dialog').getByText('The comparison cannot be shown').waitFor();
    await page.keyboard.press('Escape');
    expect(await html().textContent()).toContain('mine');
    await page.unroute('**/console/difference-*');
    await page.keyboard.press('Control+s');
    await isSaved();
  });

  it('goes on by itself when the server is there again', async () => {
    let down = true;
    await page.route('**/api/**', (route) => (down ? route.abort() : route.continue()));
    await page.reload();
    await page.getByRole('status').getByText('The server cannot be reached').waitFor();
    down = false;
    await html().waitFor();
    await page.unroute('**/api/**');
  });

  it('is read again by whoever asks for it, and tells no number of what could not be read', async () => {
    let refused = true;
    await page.route('**/api/templates**', (route) => (refused ? route.fulfill({ status: 500 }) : route.continue()));
    const again = async () => {
      await page.getByRole('alert').waitFor();
      refused = false;
      await page.getByRole('button', { name: 'Try again' }).click();
    };
    await page.reload();
    await again();
    await html().waitFor();
    refused = true;
    await page.getByRole('button', { name: 'All templates' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('main').getByRole('status').textContent()).toBe('');
    await again();
    await page.getByRole('button', { name: /News/ }).first().waitFor();
    await page.unroute('**/api/templates**');
  });

  it('keeps what was written when the key is revoked, for whoever signs in with another one', async () => {
    const [first, second] = [await makeKey(), await makeKey()];
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(first.key);
    await html().waitFor();
    await write('<p>kept</p>');
    await server.http.delete(`/api/keys/${first.id}`);
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').getByText('no longer takes this key').waitFor();
    await signIn(second.key);
    await page.getByText('Your changes from before are back').waitFor();
    expect(await html().textContent()).toContain('kept');
    await page.keyboard.press('Control+s');
    await isSaved();
  });

  it('lets whoever has signed in with another key stay when an answer to the former one comes late', async () => {
    const [first, second] = [await makeKey(), await makeKey()];
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(first.key);
    await html().waitFor();
    await write('<p>late</p>');
    const save = await hold('PUT');
    await page.keyboard.press('Control+s');
    await save.asked;
    await page.getByRole('button', { name: 'All templates' }).click();
    await page.getByRole('heading', { name: 'Templates' }).waitFor(); // the room that was left asks on its own
    await server.http.delete(`/api/keys/${first.id}`);
    await page.goBack();
    await page.getByRole('alert').getByText('no longer takes this key').waitFor();
    await signIn(second.key);
    await page.getByText('Your changes from before are back').waitFor();
    const late = page.waitForResponse((response) => response.request().method() === 'PUT');
    await save.go();
    expect((await late).status()).toBe(401);
    await page.keyboard.press('Control+s');
    await isSaved();
    expect(await html().textContent()).toContain('late');
    await page.unroute(`**${path()}`);
  });

  it('gives the focus to the next room, and comes back to what was searched for', async () => {
    const focused = () => page.locator(':focus');
    await page.getByRole('button', { name: 'All templates' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New template' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).and(focused()).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New template' }).and(focused()).waitFor();
    await page.getByRole('searchbox').fill('news');
    await page.getByRole('button', { name: /News/ }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'News', level: 1 }).and(focused()).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Templates' }).and(focused()).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('news');
  });
});
