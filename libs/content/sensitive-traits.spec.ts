import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { mask } from '#profiles';
import type { DifferencesDto } from './differences/differences.dto.ts';
import type { Preview } from './index.ts';
import type { PreflightDto, ExampleListDto } from './preflight/preflight.dto.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';
import { studied } from './testing/studied.ts';
import type { VariantsDto } from './variants/variants.dto.ts';

let content: ContentApp;
let operator: AxiosInstance;
let marketer: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
  const { http, load } = content;
  const as = async (role: string): Promise<AxiosInstance> => {
    const { data } = await http.post<{ key: string }>('/api/keys', { name: role, role });
    const { baseURL } = http.defaults;
    return axios.create({
      baseURL,
      validateStatus: null,
      proxy: false,
      headers: { authorization: `Bearer ${data.key}` },
    });
  };
  operator = await as('operator');
  marketer = await as('marketer');
  expect((await http.put('/api/traits/ssn', { sensitive: true })).status).toBe(201);
  expect((await http.put('/api/traits/digit', { sensitive: true })).status).toBe(201);
  await load('profile', { identities: { email: 'ann@x.com' }, traits: { firstName: 'Ann', ssn: '123', digit: 1 } });
  await load('profile', { identities: { email: 'bob@x.com' }, traits: { firstName: 'Bob', ssn: '456' } });
  for (const email of ['ann@x.com', 'bob@x.com'])
    await load('consent', { identities: { email }, channel: 'email', purpose: 'marketing', state: 'granted' });
});

afterAll(() => content.close());

const guess = '{{#if (eq ssn "123")}}{{nothing}}!{{/if}}';
const source = `<p>Hello {{firstName}}</p><a href="{{unsubscribeUrl}}">Unsubscribe</a>`;
const asking = { subject: `Hi ${guess}`, preheader: 'P', source };

async function preflight(by: AxiosInstance, body: object): Promise<PreflightDto> {
  const { data } = await by.post<PreflightDto>('/api/preflights', body);
  await by.get(`/api/preflights/${data.id}/progress`); // ends when it does
  return (await by.get<PreflightDto>(`/api/preflights/${data.id}`)).data;
}

describe('for a key that may not see sensitive traits', () => {
  it('variants are those of masked people', async () => {
    const chosen = async (by: AxiosInstance): Promise<string[]> => {
      const { data } = await studied<VariantsDto>(by, '/api/variants', asking);
      return data.grid?.outcomes.map(({ what, people }) => `${what} ${people}`) ?? [];
    };
    expect(await chosen(marketer)).toEqual(['nothing 2']);
    expect(await chosen(operator)).toEqual(expect.arrayContaining(['then 1', 'nothing 1', 'missing 1']));
  });

  it('differences are those of masked mails', async () => {
    await operator.put('/api/templates/plain', { name: 'Plain', ...asking, subject: 'Hi' });
    await operator.post('/api/templates/plain/publish');
    await operator.put('/api/templates/plain', { name: 'Plain', ...asking });
    const differ = async (by: AxiosInstance): Promise<DifferencesDto> =>
      (await studied<DifferencesDto>(by, '/api/differences', { template: 'plain' })).data;
    const theirs = await differ(marketer);
    expect(theirs.differences).toMatchObject({ same: 2, differ: 0, kinds: [] });
    const real = await differ(operator);
    expect(JSON.stringify(real.differences)).toContain('+Hi !');
    expect(await marketer.get(`/api/differences/${real.id}`)).toMatchObject({
      status: 403,
      data: { code: 'forbidden' },
    });
    expect(await operator.get(`/api/differences/${theirs.id}`)).toMatchObject({ status: 200 });
  });

  it.each([
    ['{n, plural, one {# point} other {# points}}', '1 point', `${mask} points`],
    ['{n, selectordinal, one {#st} other {#th}}', '1st', `${mask}th`],
    ['{n, number}, {n, number, ::scale/100}', '1, 100', `${mask}, ${mask}`],
    ['since {n, date, ::yyyy}', 'since 1970', `since ${mask}`],
  ])('the string %j shows the mask, and keeps nobody from publishing', async (text, real, masked) => {
    await operator.put('/api/strings/en', { texts: { told: text } });
    const subject = '{{#if digit}}{{t "told" n=digit}}{{/if}}';
    await operator.put('/api/templates/told', { name: 'Told', subject, source });
    const shown = async (by: AxiosInstance): Promise<Preview> =>
      (await by.post<Preview>('/api/preview', { template: 'told', identity: 'ann@x.com' })).data;
    expect((await shown(operator)).subject).toBe(real);
    expect((await shown(marketer)).subject).toBe(masked);
    expect((await marketer.post('/api/templates/told/publish')).status).toBe(200);
  });

  it('a preflight sees masks, and does not open the gate', async () => {
    await operator.put('/api/templates/guess', { name: 'Guess', ...asking });
    await operator.post('/api/templates/guess/publish');
    const version = { template: 'guess', version: 1 };
    const gate = async (by = marketer): Promise<unknown> => (await by.get('/api/templates/guess/gate?version=1')).data;
    const theirs = await preflight(marketer, version);
    expect(theirs).toMatchObject({ masked: true, counts: { blanks: 0 }, gate: { state: 'passed' } });
    expect(await gate()).toMatchObject({ state: 'masked', preflight: theirs.id });
    const refused = await operator.post('/api/exports', { template: 'guess' });
    expect(JSON.stringify(refused.data)).toContain('it takes one of an operator');

    const real = await preflight(operator, version);
    expect(real).toMatchObject({ masked: false, counts: { blanks: 1 } });
    await preflight(marketer, version); // a newer one takes nothing away
    expect(await gate(operator)).toMatchObject({ state: 'exceeded', preflight: real.id });
    const examples = (by: AxiosInstance): Promise<{ status: number; data: ExampleListDto }> =>
      by.get<ExampleListDto>(`/api/preflights/${real.id}/examples?kind=blank`);
    expect((await examples(operator)).data.data).toMatchObject([{ kind: 'blank' }]);
    expect(await examples(marketer)).toMatchObject({ status: 403, data: { code: 'forbidden' } });

    const seen = `/api/preflights/${real.id}`;
    for (const path of [seen, `${seen}/progress`])
      expect(await marketer.get(path)).toMatchObject({ status: 403, data: { code: 'forbidden' } }); // two people only
    expect((await marketer.post(`${seen}/cancel`)).status).toBe(403);
    expect(await gate()).toMatchObject({ state: 'masked' });
    const listed = async (by: AxiosInstance): Promise<string> =>
      JSON.stringify((await by.get('/api/preflights?template=guess')).data);
    expect(await listed(operator)).toContain(real.id);
    expect(await listed(marketer)).not.toContain(real.id);
  });

  it('a preflight of a mail that reads none of them is as good as any', async () => {
    await operator.put('/api/templates/open', { name: 'Open', ...asking, subject: 'Hi {{profile.traits.firstName}}' });
    await operator.post('/api/templates/open/publish');
    const done = await preflight(marketer, { template: 'open', version: 1 });
    expect(done).toMatchObject({ masked: false, gate: { state: 'passed' } });
    expect((await operator.get('/api/templates/open/gate?version=1')).data).toMatchObject({ state: 'passed' });
    const byOperator = await preflight(operator, { template: 'open', version: 1 });
    expect((await marketer.get(`/api/preflights/${byOperator.id}/examples?kind=blank`)).status).toBe(200);
  });

  it('an operator’s preflight of many tells totals, and not what conditions chose', async () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ identities: { user: `u${n}` }, traits: { ssn: `${n}` } }));
    for (const one of many) await content.load('profile', one);
    const real = await preflight(operator, { template: 'guess', version: 1 });
    expect(real.outcomes.map(({ what, people }) => [what, people])).toEqual([
      ['then', 1],
      ['nothing', 21],
    ]);
    const { data: theirs } = await marketer.get<PreflightDto>(`/api/preflights/${real.id}`);
    const { counts, gate } = real;
    expect(theirs).toMatchObject({ withheld: true, counts, gate, outcomes: [], tokens: [], never: [], notSent: [] });
    expect(theirs.sizes).toEqual({ measured: 0, min: null, max: null, median: null, p95: null, oversize: 0 });
  });
});
