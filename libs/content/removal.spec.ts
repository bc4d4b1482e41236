import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import { startReceiver, type Receiver } from '#tools/testing';
import type { AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

let content: ContentApp;
let http: AxiosInstance;
let shop: Receiver;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
  shop = await startReceiver();
  await content.load('profile', {
    identities: { email: 'ann@example.com' },
    traits: { firstName: 'Ann', city: 'Oslo' },
  });
});

afterAll(async () => {
  shop.close();
  await content.close();
});

async function put(path: string, body: object): Promise<{ id: string }> {
  const { data, status } = await http.put<{ id: string }>(path, body);
  expect({ data, ok: status < 300 }).toMatchObject({ ok: true });
  return data;
}

const publish = async (path: string): Promise<void> => {
  expect(await http.post(`${path}/publish`)).toMatchObject({ status: 200 });
};

/** What is named as using it, or the status. */
async function removed(path: string): Promise<string[] | number> {
  const { status, data } = await http.delete<{ code: string; details?: { users: { kind: string; id: string }[] } }>(
    path,
  );
  if (status !== 409) return status;
  expect(data.code).toBe('in_use');
  return data.details?.users.map(({ kind, id }) => `${kind} ${id}`) ?? [];
}

const count = async (collection: string, filter: object): Promise<number> =>
  content.app.get<Connection>(getConnectionToken()).collection(collection).countDocuments(filter);

const mail = (source: string) => ({
  name: 'News',
  subject: 'S',
  preheader: 'x',
  source: `${source}<a href="{{unsubscribeUrl}}">Unsubscribe</a>`,
});

describe('a block', () => {
  it('stays while drafts, versions or other blocks use it', async () => {
    await put('/api/blocks/inner', { name: 'Inner', source: '<p>{{city}}</p>' });
    await put('/api/blocks/outer', { name: 'Outer', source: '{{> inner}}' });
    await publish('/api/blocks/inner');
    await publish('/api/blocks/outer');
    await put('/api/templates/shows-outer', mail('{{> outer}}'));
    await publish('/api/templates/shows-outer');
    expect(await removed('/api/blocks/inner')).toEqual(['block outer']);
    expect(await removed('/api/blocks/outer')).toEqual(['template shows-outer']);

    await put('/api/templates/shows-outer', mail('none'));
    expect(await removed('/api/blocks/outer')).toEqual(['template shows-outer']); // its version shows it
    await publish('/api/templates/shows-outer');
    expect(await removed('/api/blocks/outer')).toBe(204); // older versions do not count
    expect(await removed('/api/blocks/inner')).toBe(204);
    expect([await removed('/api/blocks/inner'), await count('block_versions', { block: 'inner' })]).toEqual([404, 0]);
  });

  it('goes by force, and what is made anew in its place is what mails and the impact graph go by', async () => {
    const using = async (trait: string) =>
      (await http.get<{ data: { slug: string }[] }>(`/api/impact?trait=${trait}`)).data.data.map(({ slug }) => slug);
    await put('/api/blocks/card', { name: 'Card', source: '<p>{{street}}</p>' });
    await put('/api/templates/shows-card', mail('{{> card}}'));
    expect(await using('street')).toEqual(['shows-card']);
    expect(await removed('/api/blocks/card?force=true')).toBe(204);
    const broken = await http.post('/api/preview', { template: 'shows-card', identity: 'ann@example.com' });
    expect(broken).toMatchObject({ status: 422, data: { code: 'template_invalid' } });
    await put('/api/blocks/card', { name: 'Card', source: '<p>{{planet}}</p>' });
    expect([await using('street'), await using('planet')]).toEqual([[], ['shows-card']]);
  });
});

describe('a feed', () => {
  it('stays while mails show it, and leaves no answer behind', async () => {
    const url = (name: string) => `${new URL(shop.url).origin}/${name}`;
    shop.answer = ({ path }) => ({ status: 200, body: JSON.stringify({ title: path }) });
    const shown = async () => {
      const { data } = await http.post<{ html: string }>('/api/preview', {
        ...{ subject: 'S', source: '[[news.title]]', identity: 'ann@example.com' },
      });
      return data.html;
    };
    await put('/api/feeds/news', { name: 'News', url: url('old'), timeoutMs: 10_000 });
    expect(await shown()).toBe('/old');
    await put('/api/blocks/latest', { name: 'Latest', source: '{{#each feeds.[news].items}}{{title}}{{/each}}' });
    await put('/api/templates/menu', mail('{{#catalog "News" "7" as |dish|}}{{dish.name}}{{/catalog}}'));
    await put('/api/templates/others', mail('{{feeds.newspaper.title}} [[newspaper.title]]'));
    await put('/api/templates/squares', mail('[[#each news.items]][[title]]{{firstName}}[[/each]]'));
    expect(await removed('/api/feeds/news')).toEqual(['template menu', 'template squares', 'block latest']);
    await http.delete('/api/blocks/latest');
    await http.delete('/api/templates/menu');
    await http.delete('/api/templates/squares');
    expect(await removed('/api/feeds/news')).toBe(204);
    expect([await removed('/api/feeds/news'), await count('feed_contents', { _id: 'news' })]).toEqual([404, 0]);
    await put('/api/feeds/news', { name: 'News', url: url('new'), timeoutMs: 10_000 });
    expect(await shown()).toBe('/new');
  });
});

describe('strings', () => {
  it('stay while mails show them: one, and all of a locale', async () => {
    await put('/api/strings/pt-BR', { texts: { hi: 'Oi', bye: 'Tchau', 'cart.items': 'Itens' } });
    await put('/api/templates/greets', mail(`{{t "hi"}} not bye {{upper (t 'cart.items' n=1)}}`));
    expect(await removed('/api/strings/pt-BR/hi')).toEqual(['template greets']);
    expect(await removed('/api/strings/pt-BR/cart.items')).toEqual(['template greets']);
    expect(await removed('/api/strings/pt_br/bye')).toBe(204);
    expect(await removed('/api/strings/pt-BR/bye')).toBe(404);
    expect(await http.get('/api/strings/pt-BR')).toMatchObject({
      data: { texts: { hi: 'Oi', 'cart.items': 'Itens' }, revision: 2 },
    });
    expect(await removed('/api/strings/pt-BR/hi?force=true')).toBe(204);
    expect(await removed('/api/strings/pt-BR')).toEqual(['template greets']);
    expect(await removed('/api/strings/pt-BR?force=true')).toBe(204);
    expect([await removed('/api/strings/pt-BR'), await removed('/api/strings/no%20locale!')]).toEqual([404, 400]);
    expect(await removed('/api/strings/pt-BR/__proto__')).toBe(404);
  });
});

describe('a template', () => {
  it('takes its versions and preflights along; the record of what it did stays', async () => {
    const { id } = await put('/api/templates/gone', mail('{{firstName}} {{nickname}}'));
    await publish('/api/templates/gone');
    const { data: preflight } = await http.post<{ id: string }>('/api/preflights', { template: 'gone' });
    await http.get(`/api/preflights/${preflight.id}/progress`);
    expect(await count('preflight_examples', { preflight: preflight.id })).toBeGreaterThan(0);
    expect(await removed('/api/templates/gone')).toBe(204);
    expect(await http.get('/api/templates/gone')).toMatchObject({ status: 404, data: { code: 'template_not_found' } });
    expect(await http.get(`/api/preflights/${preflight.id}`)).toMatchObject({ status: 404 });
    expect(await count('template_versions', { template: id })).toBe(0);
    expect(await count('preflight_examples', { preflight: preflight.id })).toBe(0);
    const { data: audit } = await http.get<{ data: object[] }>('/api/audit?limit=20');
    const noted = { method: 'DELETE', path: '/api/templates/gone', resource: 'templates', status: 204 };
    expect(audit.data).toContainEqual(expect.objectContaining(noted));
  });

  it('stays while a preflight is under way, unless that is meant', async () => {
    const { id } = await put('/api/templates/busy', mail('x'));
    const preflights = content.app.get<Connection>(getConnectionToken()).collection<{ _id: string }>('preflights');
    const { data: preflight } = await http.post<{ id: string }>('/api/preflights', { template: 'busy' });
    await http.get(`/api/preflights/${preflight.id}/progress`);
    // As another process has it that is at work.
    const held = { state: 'running', holder: 'wrk_other', until: new Date(Date.now() + 600_000) };
    await preflights.updateOne({ _id: preflight.id }, { $set: held, $unset: { endedAt: 1 } });
    expect(await removed('/api/templates/busy')).toEqual([`preflight ${preflight.id}`]);
    expect(await removed(`/api/templates/${id}?force=true`)).toBe(204);
    expect(await preflights.countDocuments({ template: id })).toBe(0);
  });

  it('is removed by marketers, and a feed by operators', async () => {
    const keyOf = async (role: string) => {
      const { data } = await http.post<{ key: string }>('/api/keys', { name: role, role });
      return { headers: { authorization: `Bearer ${data.key}` } };
    };
    const [viewer, marketer] = [await keyOf('viewer'), await keyOf('marketer')];
    await put('/api/templates/plain', mail('x'));
    expect(await http.delete('/api/templates/plain', viewer)).toMatchObject({ status: 403 });
    expect(await http.delete('/api/feeds/news', marketer)).toMatchObject({ status: 403 });
    expect(await http.delete('/api/templates/plain?force=perhaps', marketer)).toMatchObject({ status: 400 });
    expect(await http.delete('/api/templates/plain', marketer)).toMatchObject({ status: 204 });
    expect(await http.delete('/api/templates/plain', marketer)).toMatchObject({ status: 404 });
  });
});
