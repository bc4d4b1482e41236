import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Preview } from '../index.ts';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';

let content: ContentApp;

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
});
afterAll(() => content.close());

const put = (path: string, body: object) => content.http.put(path, body);
async function preview(body: object): Promise<Preview> {
  return (await content.http.post<Preview>('/api/preview', { subject: 'S', sample: {}, ...body })).data;
}

describe('strings', () => {
  it('that stand in for those of another language count as their own does', async () => {
    await put('/api/strings/en', { texts: { items: '{n, plural, one {# item} other {# items}}' } });
    await put('/api/strings/pt', { texts: { weight: '{n, number} kg' } });
    const source = '{{t "items" n=1}} {{t "items" n=1.5}} {{t "weight" n=1.5}} {{numberFormat 1.5}}';
    const shown = async (locale: string): Promise<string> => (await preview({ source, locale })).html;
    expect(await shown('ja')).toBe('1 item 1.5 items weight 1.5');
    expect(await shown('pt-BR')).toBe('1 item 1.5 items 1,5 kg 1,5');
  });

  it('are refused when no mail could show them, with their place', async () => {
    const texts = { fine: "It's {n} } <b>", items: 'So many:\n{n, plural, one {# item} other {# items}' };
    for (const way of ['', '?rehearse=true']) {
      const { status, data } = await content.http.put<{ detail: string }>(`/api/strings/nl${way}`, { texts });
      expect({ status, data }).toMatchObject({ status: 400, data: { code: 'bad_request' } });
      expect(data.detail).toContain('"items" cannot be read (line 2, column 1: expect argument closing brace)');
    }
    expect((await content.http.get('/api/strings/nl')).status).toBe(404);
  });

  it('are refused, too, for a pattern of a date or number that nothing can write', async () => {
    const { status, data } = await content.http.put<{ code: string; detail: string }>('/api/strings/nl', {
      texts: { since: 'Since {day, date, ::YYYY}' },
    });
    expect({ status, code: data.code }).toEqual({ status: 400, code: 'bad_request' });
    expect(data.detail).toContain('"since" cannot be read (`Y/u/U/r` (year) patterns are not supported');
  });

  it('whose keys come from data are told to be written out', async () => {
    await put('/api/strings/en', { texts: { 'city.oslo': 'Oslo!' } });
    const source = '{{t (concat "city." city) default="Hi"}}';
    const { html, warnings } = await preview({ source, sample: { city: 'oslo' } });
    expect(html).toBe('Hi');
    expect(warnings).toMatchObject([
      {
        code: 'missing_string',
        message: expect.stringMatching(/"city.oslo" comes from data.* write keys out/),
        line: 1,
      },
    ]);
  });
});
