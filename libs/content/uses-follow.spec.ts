import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

let content: ContentApp;
let http: AxiosInstance;

interface Impact {
  data: { slug: string; uses: { use: string; in: string[] }[] }[];
}

async function put(path: string, body: object): Promise<void> {
  const { data, status } = await http.put<object>(path, body);
  expect({ data, ok: status < 300 }).toMatchObject({ ok: true });
}
const publish = async (path: string): Promise<void> => {
  expect((await http.post(`${path}/publish`)).status).toBe(200);
};
/** In which states of the template the trait is used. */
const using = async (trait: string): Promise<string[]> => {
  const { data } = await http.get<Impact>(`/api/impact?trait=${trait}`);
  return data.data.flatMap(({ uses }) => uses.flatMap((use) => use.in));
};
const mail = (source: string) => ({
  name: 'News',
  subject: 'S',
  preheader: 'x',
  source: `${source}<a href="{{unsubscribeUrl}}">Unsubscribe</a>`,
});

describe('what templates use', () => {
  beforeAll(async () => {
    content = await startContentApp('http://mail.example.com');
    ({ http } = content);
    await put('/api/blocks/inner', { name: 'Inner', source: '<p>{{#if city}}{{city}}{{/if}}</p>' });
    await put('/api/blocks/outer', { name: 'Outer', source: '{{> inner}}' });
    await publish('/api/blocks/inner');
    await publish('/api/blocks/outer');
    await put('/api/templates/news', mail('{{> outer}}'));
    await publish('/api/templates/news');
  });

  afterAll(() => content.close());

  it('follows the blocks, drafts and versions, however deep they are', async () => {
    expect(await using('city')).toEqual(['draft', 'published']);
    await put('/api/blocks/inner', { name: 'Inner', source: '<p>{{#if zip}}{{zip}}{{/if}}</p>' });
    expect([await using('city'), await using('zip')]).toEqual([['published'], ['draft']]);
    await publish('/api/blocks/inner');
    expect([await using('city'), await using('zip')]).toEqual([[], ['draft', 'published']]);
  });

  it('follows the conditions of variants', async () => {
    const gold = { name: 'gold', when: { field: 'traits.tier', is: 'equals', value: 'gold' }, source: 'g' };
    await put('/api/blocks/inner', { name: 'Inner', source: '<p></p>', variants: [gold] });
    expect([await using('tier'), await using('zip')]).toEqual([['draft'], ['published']]);
  });

  it('follows the URLs of feeds', async () => {
    const feed = { name: 'Offers', url: 'https://example.com/?who={{identities.email}}&in={{country}}' };
    await put('/api/feeds/offers', feed);
    await put('/api/templates/news', mail('{{> outer}}{{feeds.offers.title}}'));
    expect(await using('country')).toEqual(['draft']);
    await put('/api/feeds/offers', { ...feed, url: 'https://example.com/?in={{region}}' });
    expect([await using('country'), await using('region')]).toEqual([[], ['draft']]);
  });

  it('is right again after a process died between a change and its telling, and keeps what a lost block used', async () => {
    const templates = content.app.get<Connection>(getConnectionToken()).collection('templates');
    await templates.updateMany({}, { $set: { uses: ['trait:stale'], usesSeen: 'before' } });
    expect([await using('stale'), await using('tier')]).toEqual([[], ['draft']]);
    await content.app
      .get<Connection>(getConnectionToken())
      .collection<{ _id: string }>('blocks')
      .deleteOne({ _id: 'inner' });
    expect(await using('tier')).toEqual(['draft']);
  });
});
