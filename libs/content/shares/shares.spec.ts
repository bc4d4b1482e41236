import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { Signer } from '#platform';
import { freePort } from '#tools/services';
import type { Preview } from '../preview/index.ts';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import { Shares, type ShareView } from './index.ts';

let content: ContentApp;
let http: AxiosInstance;
let marketer: AxiosInstance;
const browser = axios.create({ proxy: false, validateStatus: null, responseType: 'text' });

beforeAll(async () => {
  const port = await freePort();
  content = await startContentApp(`http://127.0.0.1:${port}`, { port });
  ({ http } = content);
  await http.put('/api/traits/iban', { sensitive: true });
  const identities = { email: 'ann@example.com' };
  await content.load('profile', { identities, traits: { firstName: 'Ann', iban: 'NO93-8601' } });
  const { data } = await http.post<{ key: string }>('/api/keys', { name: 'Marta', role: 'marketer' });
  const headers = { ...http.defaults.headers, authorization: `Bearer ${data.key}` };
  marketer = axios.create({ baseURL: http.defaults.baseURL, validateStatus: null, proxy: false, headers } as object);
});
afterAll(() => content.close());

const template = {
  subject: 'Hi {{firstName}}',
  preheader: 'News',
  source: '<a href="/x">{{iban}}</a><script>1</script>',
};
const body = { ...template, identity: 'ann@example.com' };

async function share(more: object = {}, by = http): Promise<ShareView> {
  const { data, status } = await by.post<ShareView>('/api/shares', { ...body, ...more });
  expect({ status, data }).toMatchObject({ status: 201, data: { state: 'open' } });
  return data;
}
const open = (url: string | null, path = ''): Promise<AxiosResponse<string>> => browser.get<string>(`${url}${path}`);

describe('a shared link', () => {
  it('shows the mail as it was, masked, without a key, and safely', async () => {
    await http.put('/api/templates/frozen', { name: 'Frozen', ...template });
    const parts = { subject: undefined, source: undefined, preheader: undefined };
    const made = await share({ ...parts, template: 'frozen' });
    expect(made).toMatchObject({ masked: true, template: { revision: 1 }, by: { name: expect.any(String) } });
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(7 * 86_400_000);
    const page = await open(made.url);
    expect(page.status).toBe(200);
    expect(page.data).toContain('<h2 dir="auto">Hi Ann</h2>');
    expect(page.data).toContain('sensitive values are masked');
    expect(page.data).toContain('sandbox=""');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^;]*; frame-src [^;]*\/mail; /,
      ),
    });
    const mail = await open(made.url, '/mail');
    expect(mail.data).toContain('<base target="_blank">');
    expect(mail.data).not.toContain('NO93');
    expect(mail.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    await http.put('/api/templates/frozen', { name: 'Frozen', ...template, subject: 'Bye' });
    expect((await open(made.url)).data).toContain('<h2 dir="auto">Hi Ann</h2>');
  });

  it('shows sensitive values only where the role allows it and it was asked for', async () => {
    expect((await open((await share({ masked: false })).url, '/mail')).data).toContain('NO93-8601');
    expect((await open((await share({}, marketer)).url, '/mail')).data).not.toContain('NO93');
    expect(await marketer.post('/api/shares', { ...body, masked: false })).toMatchObject({ status: 403 });
  });

  it('gives nobody the link to values that their role may not see', async () => {
    const [unmasked, masked] = [await share({ masked: false }), await share()];
    const listed = async (by: AxiosInstance): Promise<(string | null | undefined)[]> => {
      const { data } = await by.get<{ data: ShareView[] }>('/api/shares');
      return [unmasked, masked].map(({ id }) => data.data.find((one) => one.id === id)?.url);
    };
    expect(await listed(marketer)).toEqual([null, expect.any(String)]);
    expect(await listed(http)).toEqual([expect.any(String), expect.any(String)]);
    expect((await open(unmasked.url)).status).toBe(200);
    expect((await marketer.delete(`/api/shares/${unmasked.id}`)).status).toBe(204);
    expect((await open(unmasked.url)).status).toBe(410);
  });

  it('has the hash of the preview that the same key sees masked', async () => {
    const sample = { ...template, sample: { firstName: 'Cy' } };
    const { data } = await http.post<Preview>('/api/preview', sample);
    expect((await http.post<ShareView>('/api/shares', sample)).data.hash).toBe(data.hash);
  });

  it('is listed and taken back', async () => {
    await http.put('/api/templates/shared', { name: 'Shared', ...template });
    const made = await share({
      template: 'shared',
      subject: undefined,
      source: undefined,
      preheader: undefined,
      days: 90,
    });
    const listed = await http.get<{ data: ShareView[] }>('/api/shares?template=shared');
    expect(listed.data).toEqual({ data: [{ ...made, url: expect.any(String) }], next: null });
    expect((await open(listed.data.data[0]?.url ?? '')).status).toBe(200);
    expect((await marketer.delete(`/api/shares/${made.id}`)).status).toBe(204);
    expect((await http.delete(`/api/shares/${made.id}`)).status).toBe(204);
    expect(await open(made.url)).toMatchObject({ status: 410, data: expect.stringContaining('was taken back') });
    expect((await open(made.url, '/mail')).data).not.toContain('Ann');
    expect((await http.get('/api/shares?template=shared')).data).toMatchObject({
      data: [{ state: 'revoked', url: null }],
    });
    expect((await http.delete('/api/shares/shr_unknown')).status).toBe(404);
    expect((await http.post('/api/shares', { ...body, days: 91 })).status).toBe(400);
  });

  it('of a draft is listed with the template that it is a draft of', async () => {
    const drafted = await http.put<{ id: string }>('/api/templates/drafted', { name: 'Drafted', ...template });
    const { id } = await share({ draftOf: 'drafted' });
    await share();
    expect((await http.get('/api/shares?template=drafted')).data).toMatchObject({
      data: [{ id, template: { id: drafted.data.id, name: 'Drafted', version: null, revision: null } }],
      next: null,
    });
    const { status, data } = await http.post<object>('/api/shares', { ...body, draftOf: 'none-such' });
    expect({ status, data }).toMatchObject({ status: 404, data: { code: 'template_not_found' } });
  });

  it('tells when it has expired, was erased, or is none', async () => {
    const { id, url } = await share();
    const base = url?.slice(0, url.lastIndexOf('/'));
    const expired = content.app.get(Signer).sign(id, -1);
    expect(await open(`${base}/${expired}`)).toMatchObject({
      status: 410,
      data: expect.stringContaining('has expired'),
    });
    const [payload = '', signature = ''] = (url ?? '').slice(`${base}/`.length).split('.');
    for (const token of [`${payload}x.${signature}`, payload, 'garbage', '%00'])
      expect((await open(`${base}/${token}`)).status).toBe(404);
    const { data } = await http.post<{ id: string }>('/api/profiles/lookup', { identity: 'ann@example.com' });
    expect(await content.app.get(Shares).forget([data.id])).toBeGreaterThan(0);
    expect(await open(url)).toMatchObject({ status: 410, data: expect.stringContaining('erased on request') });
    expect((await http.get('/api/shares?limit=1')).data).toMatchObject({ data: [{ id: expect.any(String) }] });
  });
});
