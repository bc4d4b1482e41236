import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MillraceError } from '@millrace/sdk';
import { getConnectionToken } from '@nestjs/mongoose';
import type { AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { PreflightGate } from '../index.ts';
import type { Preview } from '../preview/index.ts';
import type { LintedTemplate } from '../templates/new-template.ts';
import { Templates } from '../templates/templates.ts';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import { PreflightExamples } from './index.ts';
import type { ExampleListDto, PreflightDto, PreflightListDto } from './preflight.dto.ts';

let content: ContentApp;
let http: AxiosInstance;

const names = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'joe'];

beforeAll(async () => {
  content = await startContentApp('https://news.example.com');
  ({ http } = content);
  const { load } = content;
  await http.put('/api/audiences/north', { condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
  for (const [index, name] of names.entries()) {
    const traits = {
      ...(index % 2 === 0 && { firstName: name }),
      ...(index < 3 && { city: 'Oslo', many: Array.from({ length: 300 }, (_, n) => n) }),
      ...(index === 1 && { vip: true }),
      ...(index === 9 && { zone: 'Nowhere/At-all' }),
      ...(index === 8 && { long: 'x'.repeat(60_000) }),
    };
    await load('profile', { identities: { email: `${name}@x.com` }, traits });
    if (index >= 6) continue;
    const consent = { identities: { email: `${name}@x.com` }, channel: 'email', purpose: 'marketing' };
    await load('consent', { ...consent, state: index === 0 ? 'denied' : 'granted', at: '2024-05-01T00:00:00Z' });
  }
  await load('order', { identities: { email: 'cid@x.com' }, id: '1', at: '2024-05-01T00:00:00Z', total: 12 });
  await http.put('/api/blocks/offer', {
    name: 'Offer',
    source: 'plain',
    variants: [{ name: 'north', source: 'north', when: { field: 'traits.city', is: 'equals', value: 'Oslo' } }],
  });
});

afterAll(() => content.close());

const mail = {
  subject: 'Hi {{firstName}}',
  preheader: '{{defaultIfEmpty city "Somewhere"}}',
  source:
    '<html><body><p>Hi <b>{{firstName}}</b>,</p>{{#if vip}}VIP{{else}}You{{/if}}{{> offer}}' +
    '{{#if zone}}{{math 1 zone 2}}{{/if}}{{lastOrder.total}}{{long}}{{long}}</body></html>',
};

async function built(audience: string): Promise<void> {
  const state = async () => (await http.get<{ state: string }>(`/api/audiences/${audience}`)).data.state;
  while ((await state()) !== 'ready') await delay(50);
}

/** Begins one once its audience is built, and follows it to its end. */
async function preflight(body: { audience?: string; [field: string]: unknown }): Promise<PreflightDto> {
  if (body.audience !== undefined) await built(body.audience);
  const begun = await http.post<PreflightDto>('/api/preflights', body);
  expect({ status: begun.status, data: begun.data }).toMatchObject({
    status: 202,
    data: { progress: { total: expect.any(Number) } },
  });
  const events = await http.get<string>(`/api/preflights/${begun.data.id}/progress`);
  const last = events.data.trim().split('\n\n').at(-1) ?? '';
  expect(last).toMatch(/^event: end$/m);
  return JSON.parse(/^data: (.*)$/m.exec(last)?.[1] ?? '{}') as PreflightDto;
}

describe('a preflight', () => {
  it('counts what everybody would see', async () => {
    const { data: saved } = await http.put<LintedTemplate>('/api/templates/news', { name: 'News', ...mail });
    const done = await preflight({ template: 'news' });
    expect(done).toMatchObject({
      state: 'done',
      template: saved.id,
      version: null,
      revision: 1,
      audience: null,
      progress: { looked: 10, total: 10, share: 1 },
      counts: {
        people: 10,
        composed: 9,
        withoutMail: 1,
        blanks: 9,
        fallbacks: 6,
        oversize: 1,
        notSent: 5,
        sendable: 5,
      },
      errors: [{ code: 'template_failed', people: 1 }],
      blocks: [
        {
          block: 'offer',
          variants: expect.arrayContaining([
            { variant: 'north', people: 3 },
            { variant: null, people: 6 },
          ]) as unknown,
        },
      ],
      warnings: [{ code: 'blank_greeting', people: 4 }],
      notSent: [
        { code: 'no_consent', people: 4 },
        { code: 'denied', people: 1 },
      ],
    });
    const told = [...done.tokens, ...done.outcomes].map(({ part, written, what, people }) => [
      part,
      written,
      what,
      people,
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['subject', 'firstName', 'missing', 4],
        ['source', 'firstName', 'missing', 4],
        ['preheader', 'city', 'fallback', 6],
        ['source', 'lastOrder.total', 'missing', 8],
        ['source', '{{#if vip}}', 'then', 1],
        ['source', '{{#if vip}}', 'else', 8],
      ]),
    );
    expect(done.gate.state).toBe('exceeded');
    expect(done.gate.exceeded.map(({ limit, message }) => [limit, message])).toEqual([
      ['errors', '10 % of people have no mail, 0.1 % at most are allowed'],
      ['blanks', '100 % of mails have a blank, 1 % at most are allowed'],
      ['oversize', '11.11 % of mails are over 102 KB, 1 % at most are allowed'],
    ]);
  });

  it('measures the mail that the preview shows', async () => {
    const sizes: number[] = [];
    for (const name of names.slice(0, 3)) {
      const { data } = await http.post<Preview>('/api/preview', { template: 'news', identity: `email:${name}@x.com` });
      sizes.push(Buffer.byteLength(data.html));
    }
    const done = await preflight({ template: 'news', audience: 'north' });
    expect(done).toMatchObject({ audience: 'north', counts: { people: 3, sendable: 2 } });
    expect(done.sizes).toMatchObject({ measured: 3, min: Math.min(...sizes), max: Math.max(...sizes) });
  });

  it('counts links that data turn into what mail clients block, as the preview warns of them', async () => {
    const linked = { subject: 'S', source: '<p>You</p>\n<a href="{{#if vip}}java{{/if}}script:x">Look</a>' };
    const done = await preflight(linked);
    expect(done.warnings).toEqual([{ code: 'unsafe_link', people: 1 }]);
    const { data: examples } = await http.get<ExampleListDto>(`/api/preflights/${done.id}/examples?kind=warning`);
    expect(examples.data).toMatchObject([{ codes: ['unsafe_link'] }]);
    const warningsOf = async (body: object) => (await http.post<Preview>('/api/preview', body)).data.warnings;
    const told = { code: 'unsafe_link', part: 'source' };
    expect(await warningsOf({ ...linked, identity: 'email:bob@x.com' })).toContainEqual(expect.objectContaining(told));
    expect(await warningsOf({ ...linked, identity: 'email:ann@x.com' })).not.toContainEqual(
      expect.objectContaining(told),
    );
    const ownPage = { subject: 'S', source: '<p>You</p>\n<a href="{{website}}">Your page</a>', sample: {} };
    expect(await warningsOf({ ...ownPage, changes: { website: ' JavaScript:alert(1)' } })).toContainEqual({
      ...told,
      message:
        'The link "JavaScript:alert(1)" is blocked by mail clients, and mails with such links by spam filters. Check the data that it is made of, or link to an https address.',
      line: 2,
      column: 10,
    });
  });

  it('names the worst people of each kind, without their values', async () => {
    const { data: list } = await http.get<PreflightListDto>('/api/preflights?template=news&limit=1');
    expect(list.next).not.toBeNull();
    const { data: older } = await http.get<PreflightListDto>(`/api/preflights?template=news&after=${list.next}`);
    const id = older.data.find(({ audience }) => audience === null)?.id ?? '';
    const examples = async (kind: string) =>
      (await http.get<ExampleListDto>(`/api/preflights/${id}/examples`, { params: { kind } })).data.data;
    const [error] = await examples('error');
    expect(error).toMatchObject({ person: 'joe@x.com', codes: ['template_failed'] });
    expect(error?.message).toContain('"…" is no operation');
    const blanks = await examples('blank');
    expect(blanks).toHaveLength(9);
    expect(blanks[0]?.tokens.map(({ written }) => written)).toContain('firstName');
    expect(await examples('oversize')).toMatchObject([{ person: 'ida', bytes: expect.any(Number) }]);
    expect((await examples('not_sent')).map(({ codes }) => codes).flat()).toContain('denied');
    const page = await http.get<ExampleListDto>(`/api/preflights/${id}/examples?kind=blank&limit=5`);
    const rest = await http.get<ExampleListDto>(
      `/api/preflights/${id}/examples?kind=blank&limit=5&after=${page.data.next}`,
    );
    expect([...page.data.data, ...rest.data.data].map(({ profile }) => profile)).toEqual(
      blanks.map(({ profile }) => profile),
    );
    expect(await content.app.get(PreflightExamples).forget([blanks[0]?.profile ?? ''])).toBeGreaterThan(0);
    expect(await examples('blank')).toHaveLength(8);
  });

  it('fails where the template hangs', async () => {
    const each = '{{#each @root.many}}';
    const source = `${each.repeat(5)}${'{{/each}}'.repeat(5)}`;
    const done = await preflight({ subject: 'x', source, audience: 'north' });
    expect([done.state, done.error?.code ?? done.errors[0]?.code]).toEqual(['done', 'template_timeout']);
  });

  it('is refused for what is not there', async () => {
    const status = async (body: object) => (await http.post<{ code: string }>('/api/preflights', body)).data.code;
    expect(await status({ template: 'nothing' })).toBe('template_not_found');
    expect(await status({ template: 'news', audience: 'nobody' })).toBe('not_found');
    expect(await status({ subject: '{{', source: 'x' })).toBe('template_invalid');
    expect(await status({ template: 'news', limits: { blanks: 2 } })).toBe('bad_request');
    expect((await http.post(`/api/preflights/pfl_1/cancel`)).status).toBe(404);
  });
});

describe('a preflight of an audience', () => {
  const audience = 'shifting';
  const livesIn = (city: string) =>
    http.put(`/api/audiences/${audience}`, { condition: { field: 'traits.city', is: 'equals', value: city } });
  const request = { subject: 'x', source: 'x', audience };
  const collection = (name: string) =>
    content.app.get<Connection>(getConnectionToken()).collection<{ _id: string }>(name);
  /** As if so many further definitions had been made before this one: it is not built before they are. */
  const defineLater = (revisions: number) =>
    collection('audiences').updateOne({ _id: audience }, { $inc: { revision: revisions } });

  it('begins when everybody is in it who belongs to it', async () => {
    await livesIn('Oslo');
    await defineLater(1_000);
    const refused = await http.post<{ message: string }>('/api/preflights', request);
    expect(refused).toMatchObject({ status: 409, data: { code: 'conflict' } });
    await defineLater(-1_000);
    expect(await preflight(request)).toMatchObject({ state: 'done', counts: { people: 3 } });
  });

  it.each([
    ['changed', 'conflict', () => livesIn('Rome')],
    ['removed', 'not_found', () => http.delete(`/api/audiences/${audience}?force=true`)],
  ])('that is %s meanwhile counts for nothing', async (_, code, change) => {
    await livesIn('Oslo');
    const { id } = await preflight(request);
    await change();
    const underWay = { $set: { state: 'waiting' }, $unset: { endedAt: '', position: '', tally: '' } } as const;
    await collection('preflights').updateOne({ _id: id }, underWay);
    const now = async () => (await http.get<PreflightDto>(`/api/preflights/${id}`)).data;
    while (['waiting', 'running'].includes((await now()).state)) await delay(50);
    expect(await now()).toMatchObject({ state: 'failed', error: { code } });
  });
});

describe('the gate', () => {
  it('lets pass what has a fresh preflight within the limits of the template', async () => {
    const { app } = content;
    const gate = app.get(PreflightGate);
    const choose = () => app.get(Templates).choose('news');
    const failure = async (audience?: string) =>
      (await gate.require(await choose(), audience).catch((error: unknown) => error)) as MillraceError;
    expect(await failure()).toMatchObject({ code: 'preflight_exceeded' });
    expect((await failure('north')).message).toContain('100 % of mails have a blank');
    const limits = { blanks: 1, errors: 0.2, oversize: 0.5 };
    const put = await http.put<object>('/api/templates/news/preflight-limits', limits);
    expect(put.data).toMatchObject({ ...limits, minimumPeople: 1, maximumAgeHours: 24 });
    expect(await gate.require(await choose())).toMatch(/^pfl_/);
    const { data } = await http.get<object>('/api/templates/news/gate?audience=north');
    expect(data).toMatchObject({ state: 'passed', exceeded: [] });
    const { data: template } = await http.get<{ preflight: object; revision: number }>('/api/templates/news');
    expect(template).toMatchObject({ preflight: limits, revision: 1 });
    await http.put('/api/templates/news', { name: 'News', ...mail, subject: 'Hello', preflight: limits });
    expect(await failure('north')).toMatchObject({ code: 'preflight_required' });
    await http.put('/api/blocks/offer', { name: 'Offer', source: 'other' });
    await http.put('/api/templates/news', { name: 'News', ...mail, preflight: limits });
    expect(await failure()).toMatchObject({ code: 'preflight_required' });
  });

  it('asks anew when the audience, the default language or a string is another one by now', async () => {
    const source = '<p>{{t "hi" default="Hi"}} {{now}}</p>';
    await http.put('/api/templates/fresh', {
      name: 'Fresh',
      subject: 'S',
      source,
      preflight: { fallbacks: 1, minimumPeople: 0 },
    });
    const state = async () => {
      const { data } = await http.get<{ state: string }>('/api/templates/fresh/gate?audience=movers');
      return data.state;
    };
    const livesIn = async (city: string) => {
      await http.put('/api/audiences/movers', { condition: { field: 'traits.city', is: 'equals', value: city } });
    };
    const passes = async () => {
      await preflight({ template: 'fresh', audience: 'movers' });
      expect(await state()).toBe('passed');
    };
    await livesIn('Oslo');
    await passes();
    await livesIn('Rome');
    expect(await state()).toBe('outdated');
    await livesIn('Oslo');
    expect(await state()).toBe('passed');

    await http.put('/api/content-settings', { defaultLocale: 'de' });
    expect(await state()).toBe('missing');
    await passes();
    await http.put('/api/strings/de', { texts: { hi: 'Hallo', other: 'x' } });
    expect(await state()).toBe('missing');
    await passes();
    await http.put('/api/strings/de', { texts: { hi: 'Hallo', other: 'y' } }); // it does not show that one
    expect(await state()).toBe('passed');
    await http.put('/api/content-settings', { defaultLocale: 'en' });
    expect(await state()).toBe('missing');
  });

  it('asks anew when a computed trait means something else to the audience', async () => {
    const spent = (calculate: string) =>
      http.put('/api/computed-traits/spent', {
        from: 'orders',
        calculate,
        ...(calculate === 'sum' && { field: 'total' }),
      });
    await spent('sum');
    await http.put('/api/audiences/spenders', { condition: { field: 'computed.spent', is: 'atLeast', value: 10 } });
    await http.put('/api/templates/spenders', {
      name: 'Spenders',
      subject: 'S',
      source: 'x',
      preflight: { minimumPeople: 0 },
    });
    const state = async (audience: string) =>
      (await http.get<{ state: string }>(`/api/templates/spenders/gate?audience=${audience}`)).data.state;
    await preflight({ template: 'spenders', audience: 'spenders' });
    expect(await state('spenders')).toBe('passed');
    await spent('count');
    expect(await state('spenders')).toBe('outdated');
    const gone = await http.get('/api/templates/spenders/gate?audience=nobody');
    expect(gone).toMatchObject({ status: 404, data: { code: 'not_found' } });
  });
});
