import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { PreflightDto } from './preflight.dto.ts';

let content: ContentApp;
let http: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
  ({ http } = content);
  const identities = { email: 'ann@x.com' };
  await content.load('profile', { identities, traits: { firstName: 'Ann' } });
  await content.load('consent', { identities, channel: 'email', purpose: 'marketing', state: 'granted' });
});
afterAll(() => content.close());

const unsubscribe = '<a href="{{unsubscribeUrl}}">Unsubscribe</a>';

async function preflight(body: object): Promise<PreflightDto> {
  const begun = await http.post<PreflightDto>('/api/preflights', body);
  expect({ status: begun.status, data: begun.data }).toMatchObject({ status: 202 });
  await http.get(`/api/preflights/${begun.data.id}/progress`);
  return (await http.get<PreflightDto>(`/api/preflights/${begun.data.id}`)).data;
}

describe('the gate', () => {
  it('is not opened by a preflight of another moment, which saw other mails', async () => {
    const source = `{{#if (gt now "2020")}}{{nothing}}{{/if}}${unsubscribe}`;
    await http.put('/api/templates/moment', { name: 'Moment', subject: 'S', source });
    const gate = async (): Promise<object> => (await http.get<object>('/api/templates/moment/gate')).data;
    const past = await preflight({ template: 'moment', asOf: '2010-01-01T00:00:00Z' });
    expect(past.gate).toMatchObject({ state: 'passed' });
    expect(await gate()).toMatchObject({ state: 'missing', preflight: null });
    const { id } = await preflight({ template: 'moment' });
    expect(await gate()).toMatchObject({ state: 'exceeded', preflight: id });
    await preflight({ template: 'moment', asOf: '2010-01-01T00:00:00Z' });
    expect(await gate()).toMatchObject({ state: 'exceeded', preflight: id });
  });
});

describe('limits', () => {
  const path = '/api/templates/limited';
  const limits = `${path}/preflight-limits`;
  const body = (subject: string) => ({ name: 'Limited', subject, source: unsubscribe });
  const found = async (): Promise<object> => (await http.get<object>(limits)).data;

  it('that somebody sets stay when another one saves the draft without them', async () => {
    const { data: read } = await http.put<{ revision: number }>(path, body('One'));
    await http.put(limits, { blanks: 0 });
    const headers = { 'if-match': `"${read.revision}"` };
    const saved = await http.put<object>(path, body('Two'), { headers });
    expect(saved).toMatchObject({ status: 200, data: { revision: 2, preflight: { blanks: 0 } } });
    expect(await found()).toMatchObject({ blanks: 0, errors: 0.001 });
    expect((await http.get(path)).data).toMatchObject({ preflight: { blanks: 0 } });
    expect((await http.put(path, body('Two'))).data).toMatchObject({ revision: 2 });
  });

  it('are set and taken away with the draft where it says so', async () => {
    await http.put(path, { ...body('Two'), preflight: { errors: 0.5 } });
    expect(await found()).toMatchObject({ errors: 0.5, blanks: 0.01 });
    const { data } = await http.put<object>(path, { ...body('Two'), preflight: {} });
    expect(data).not.toHaveProperty('preflight');
    expect(await found()).toMatchObject({ errors: 0.001, blanks: 0.01 });
    expect((await http.get(path)).data).not.toHaveProperty('preflight');
  });

  it('keep their edition where a draft is saved with the same ones', async () => {
    const one = '/api/templates/same-limits';
    const draft = (subject: string, preflight: object) => ({ ...body(subject), preflight });
    await http.put(one, draft('One', { blanks: 0.1 }));
    const edition = async () => (await http.get<{ edition: number }>(`${one}/preflight-limits`)).data.edition;
    expect(await edition()).toBe(1);
    expect(await http.put(one, draft('Two', { blanks: 0.1 }))).toMatchObject({ data: { revision: 2 } });
    expect(await edition()).toBe(1);
    const named = await http.put<object>(one, draft('Three', { blanks: 0.1, edition: 1 }));
    expect(named).toMatchObject({ status: 200, data: { revision: 3, preflight: { blanks: 0.1 } } });
    expect(await edition()).toBe(1);
    await http.put(one, draft('Three', { blanks: 0.2, edition: 1 }));
    expect(await edition()).toBe(2);
    await http.put(one, draft('Four', {}));
    await http.put(one, draft('Five', {}));
    expect(await edition()).toBe(3);
  });

  it('are not written over by who has not seen them', async () => {
    await http.put('/api/templates/fenced', body('One'));
    const fenced = '/api/templates/fenced/preflight-limits';
    const set = (blanks: number, edition: number) =>
      http.put<object>(fenced, { blanks }, { headers: { 'if-match': `"${edition}"` } });
    expect((await http.get(fenced)).data).toMatchObject({ edition: 1 });
    expect(await set(0, 1)).toMatchObject({ status: 200, data: { blanks: 0, edition: 2 } });
    expect(await set(1, 1)).toMatchObject({ status: 409, data: { code: 'conflict', details: { edition: 2 } } });
    await http.put('/api/templates/fenced', { ...body('One'), preflight: { blanks: 0.1 } });
    expect(await set(1, 2)).toMatchObject({ status: 409, data: { code: 'conflict', details: { edition: 3 } } });
    expect(await set(0.1, 3)).toMatchObject({ status: 200, data: { blanks: 0.1, edition: 3 } });
    const withLimits = (blanks: number, edition: number) => ({ ...body('One'), preflight: { blanks, edition } });
    expect(await http.put('/api/templates/fenced', withLimits(0.5, 2))).toMatchObject({
      ...{ status: 409, data: { code: 'conflict', details: { edition: 3 } } },
    });
    expect((await http.get(fenced)).data).toMatchObject({ blanks: 0.1, edition: 3 });
    const { data } = await http.put<object>('/api/templates/fenced', withLimits(0.1, 3));
    expect(data).toMatchObject({ revision: 2, preflight: { blanks: 0.1 } });
    expect((await http.get<{ preflight: object }>('/api/templates/fenced')).data.preflight).toEqual({ blanks: 0.1 });
    const at = await Promise.all([0.2, 0.3, 0.4].map((blanks) => set(blanks, 3)));
    expect(at.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});
