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
