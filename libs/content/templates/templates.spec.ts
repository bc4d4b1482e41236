import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import { TemplateTraits } from './template-traits.ts';

let content: ContentApp;
let http: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
});
afterAll(() => content.close());

describe('a list of templates', () => {
  it('tells of each what a list shows, without what it says', async () => {
    const parts = { subject: 'Hi {{firstName}}', source: '<p>Much</p>', text: 'Much' };
    for (const name of ['a', 'b', 'c']) await http.put(`/api/templates/${name}`, { name, ...parts });
    const { data: first } = await http.get<{ next: string }>('/api/templates?summary=true&limit=2');
    const summary = {
      id: expect.stringMatching(/^tpl_/),
      slug: 'a',
      name: 'a',
      subject: 'Hi {{firstName}}',
      channel: 'email',
      purpose: 'marketing',
      revision: 1,
      published: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    };
    expect(first).toEqual({ data: [summary, expect.objectContaining({ slug: 'b' })], next: expect.any(String) });
    const { data: last } = await http.get<object>(`/api/templates?summary=true&limit=2&after=${first.next}`);
    expect(last).toEqual({ data: [expect.objectContaining({ slug: 'c' })], next: null });
    const { data: whole } = await http.get<object>('/api/templates?summary=false&limit=1');
    expect(whole).toMatchObject({ data: [{ slug: 'a', source: '<p>Much</p>' }] });
    expect(await http.get('/api/templates?summary=perhaps')).toMatchObject({ status: 400 });
  });
});

describe('what templates read of people', () => {
  it('is told of those, too, that could not be saved any more as they are', async () => {
    const source = '{{#catalog menu id as |dish|}}{{city}}{{/catalog}}';
    await http.put('/api/blocks/menu', { name: 'Menu', source: '<p>{{dish}}</p>' });
    await http.put('/api/templates/menu', { name: 'Menu', subject: 'S', source: '{{> menu}}' });
    const collection = (name: string) => content.app.get<Connection>(getConnectionToken()).collection(name);
    await collection('templates').updateOne({ slug: 'menu' }, { $set: { 'parts.subject': source } });
    await collection('blocks').updateOne({ name: 'Menu' }, { $set: { 'content.source': source } });
    const { data } = await content.app.get(TemplateTraits).list({ limit: 100 });
    expect(data).toContainEqual(expect.objectContaining({ slug: 'menu', traits: ['city', 'id', 'menu'] }));
  });
});

describe('publishing', () => {
  it('makes no version of a draft that nobody has looked at', async () => {
    const put = (subject: string) => http.put('/api/templates/news', { name: 'News', subject, source: '<p>x</p>' });
    const publish = (revision: number) =>
      http.post<unknown>('/api/templates/news/publish', {}, { headers: { 'if-match': `"${revision}"` } });
    await put('Mine');
    await put('Theirs');
    const refused = await publish(1);
    expect(refused).toMatchObject({ status: 409, data: { code: 'conflict', details: { revision: 2 } } });
    expect((await http.get('/api/templates/news')).data).toMatchObject({ published: null });
    expect(await publish(2)).toMatchObject({ status: 200, data: { version: 1, subject: 'Theirs' } });
  });
});
