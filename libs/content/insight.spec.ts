import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { objectsOf, type ConnectorContext, type PushContext } from '@millrace/sdk';
import axios, { type AxiosInstance } from 'axios';
import { AccessModule } from '#access';
import { Catalog, CatalogModule } from '#catalog';
import { createLog, PlatformModule, prepareApp, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { ContentModule, type Preview } from './index.ts';
import type { DifferencesDto } from './differences/differences.dto.ts';
import type { LintDto } from './lint/http/lint.dto.ts';
import { studied } from './testing/studied.ts';
import type { VariantsDto } from './variants/variants.dto.ts';

let app: NestExpressApplication;
let http: AxiosInstance;

beforeAll(async () => {
  const { mongodbUri, redisUrl } = testServices();
  const adminKey = randomBytes(24).toString('hex');
  const settings = new Settings({ mongodbUri, redisUrl, adminKey, masterKey: randomBytes(32).toString('base64') });
  const log = createLog({ destination: { write: () => undefined } });
  const imports = [
    PlatformModule.forRoot(settings, { log }),
    AccessModule,
    CatalogModule.forRoot({ paths: [] }),
    ContentModule,
  ];
  app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { logger: false, rawBody: true, bodyParser: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const headers = { authorization: `Bearer ${adminKey}` };
  http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false, headers });
  await people([
    { name: 'ann', traits: { firstName: 'Ann', city: 'Oslo', vip: true } },
    { name: 'bob', traits: { city: 'Rome' } },
    { name: 'cid', traits: { firstName: 'Cid' } },
    { name: 'dan', traits: { firstName: 'Dan', city: 'Oslo' } },
    { name: 'eve', traits: { firstName: 'Eve', city: 'Oslo' } },
  ]);
});

afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});

async function people(all: { name: string; traits: object }[]): Promise<void> {
  const { connector } = app.get(Catalog).require('profiles');
  const ctx = { signal: new AbortController().signal } as ConnectorContext;
  const { profile } = await objectsOf(connector, ctx);
  const from = { connection: 'con_shop', stream: 'people' };
  const context = { ...ctx, mode: 'upsert', batchId: 'b', run: 'run_1', from } as PushContext;
  for (const { name, traits } of all) {
    const record = { identities: { email: `${name}@x.com` }, traits } as never;
    const row = { op: 'upsert' as const, record, key: name, at: '2024-05-02T00:00:00.000Z', seq: 0 };
    expect(await profile?.push(context, [row])).toMatchObject([{ status: 'ok' }]);
  }
}

const unsubscribe = '<a href="{{unsubscribeUrl}}">Unsubscribe</a>';
const mail = {
  name: 'News',
  subject: 'Hello {{defaultIfEmpty firstName "you"}}',
  preheader: 'P',
  source: `<p>{{#if vip}}VIP{{else}}You{{/if}} {{#ifEq city "Oslo"}}Norway{{/ifEq}}{{#if never}}!{{/if}} {{city}}</p>${unsubscribe}`,
};

describe('POST /api/preview', () => {
  it('tells the places of tokens in the mail, and what conditions saw and chose', async () => {
    const { data } = await http.post<Preview>('/api/preview', { ...mail, name: undefined, identity: 'ann@x.com' });
    const city = data.tokens.find(({ path, use }) => path === 'city' && use === 'text');
    expect(city).toMatchObject({
      part: 'source',
      line: 1,
      endLine: 1,
      origin: { kind: 'trait', connection: 'con_shop' },
    });
    const shown = ({ start, end }: { start: number; end: number }): string => data.html.slice(start, end);
    expect(city?.places.map(shown)).toEqual(['Oslo']);
    expect(
      data.conditions.map(({ written, chosen, places, values }) => [
        written,
        chosen,
        places.map(shown),
        values[0]?.value,
      ]),
    ).toEqual([
      ['{{#if vip}}', 'then', ['VIP'], true],
      ['{{#ifEq city "Oslo"}}', 'then', ['Norway'], 'Oslo'],
      ['{{#if never}}', 'nothing', [''], null],
    ]);
  });
});

describe('a missing token', () => {
  it('says why', async () => {
    const subject = '{{firstName}}{{city}}{{lastOrder.id}}{{events.[0].name}}{{vip}}';
    const body = { subject, source: 'x', identity: 'bob@x.com', changes: { city: null } };
    const { data } = await http.post<Preview>('/api/preview', body);
    expect(data.tokens.map(({ path, reason }) => [path, reason])).toEqual([
      ['firstName', 'not_told'],
      ['city', 'changed'],
      ['lastOrder.id', 'no_order'],
      ['events.0.name', 'no_event'],
      ['vip', 'not_told'],
    ]);
  });
});

describe('POST /api/lint', () => {
  const rulesIn = ({ findings }: Pick<LintDto, 'findings'>): string[] => findings.map(({ rule }) => rule);

  it('knows the names that people have, with a place and a fix', async () => {
    const source = `<p>Hi {{firstNmae}},</p>${unsubscribe}`;
    const { data } = await http.post<LintDto>('/api/lint', { subject: 'S', preheader: 'P', source });
    expect(data.findings).toContainEqual({
      rule: 'unknown-token',
      severity: 'warning',
      message: 'Nobody has "firstNmae", and no mapping feeds it. Did you mean {{firstName}}?',
      part: 'source',
      ...{ line: 1, column: 9, endLine: 1, endColumn: 18 },
      fix: { title: 'Write firstName', edits: [{ part: 'source', start: 8, end: 17, text: 'firstName' }] },
    });
    expect(rulesIn(data)).toContain('blank-greeting');
  });

  it('has faults of the syntax and of rendering as findings, and looks what mail clients lack', async () => {
    const broken = await http.post<LintDto>('/api/lint', {
      subject: '{{#if x}}',
      source: '<a href="#">{{#if (eq a “b”)}}{{/if}}</a>',
    });
    expect(broken.data.findings[0]).toMatchObject({
      rule: 'syntax',
      severity: 'error',
      part: 'subject',
      line: 1,
      column: 1,
    });
    expect(rulesIn(broken.data)).toEqual(expect.arrayContaining(['typographic-quotes', 'empty-link']));
    const fails = await http.post<LintDto>('/api/lint', { subject: 'S', source: '{{numberFormat 1 "roman"}}' });
    expect(fails.data.findings[0]).toMatchObject({ rule: 'rendering', severity: 'error' });

    const grid = { subject: 'S', source: `<p style="display:grid">x</p>${unsubscribe}` };
    const all = await http.post<LintDto>('/api/lint', grid);
    expect(all.data.findings.find(({ rule }) => rule === 'client-support')?.message).toContain('outlook.windows');
    const apple = await http.post<LintDto>('/api/lint', { ...grid, lint: { clients: ['apple-mail.*'] } });
    expect(rulesIn(apple.data)).not.toContain('client-support');
    expect(await http.post('/api/lint', { ...grid, lint: { off: ['no-such-rule'] } })).toMatchObject({ status: 400 });
  });

  it('answers when a template is saved, and keeps what would break a mail from being published', async () => {
    const quotes = { ...mail, source: `{{#if (eq city “Oslo”)}}x{{/if}}${unsubscribe}` };
    const saved = await http.put<LintDto>('/api/templates/quotes', quotes);
    expect(saved).toMatchObject({
      status: 201,
      data: { findings: [{ rule: 'typographic-quotes', severity: 'error' }] },
    });
    const refused = await http.post('/api/templates/quotes/publish');
    expect(refused).toMatchObject({
      status: 422,
      data: { code: 'template_broken', details: { findings: [{ line: 1 }] } },
    });
    const off = { ...quotes, lint: { off: ['typographic-quotes', 'client-support'] } };
    expect(await http.put('/api/templates/quotes', off)).toMatchObject({
      data: { revision: 2, lint: off.lint, findings: [] },
    });
    expect(await http.post('/api/templates/quotes/publish')).toMatchObject({ status: 200, data: { version: 1 } });
    expect(await http.put('/api/templates/quotes', quotes)).toMatchObject({ data: { revision: 3 } });
    expect(await http.get('/api/templates/quotes')).not.toHaveProperty('data.lint');
  });
});

describe('what a template uses', () => {
  const usesOf = async (slug: string): Promise<unknown> => {
    const { data } = await http.get<{ data: { slug: string; uses: { use: string }[] }[] }>('/api/impact?trait=tier');
    return data.data.find((template) => template.slug === slug)?.uses.map(({ use }) => use);
  };

  it('has what its blocks show, what chooses their variants, and what they are given', async () => {
    const when = { field: 'traits.tier', is: 'equals', value: 'gold' };
    const variants = [{ name: 'gold', when, source: 'Gold {{tier.since}}' }];
    const block = { name: 'Card', source: '{{title}}', params: [{ name: 'title' }], variants };
    expect(await http.put('/api/blocks/card', block)).toMatchObject({ status: 201 });
    await http.put('/api/templates/carded', {
      ...mail,
      source: `{{> card title=lastOrder.id}}${unsubscribe}`,
    });
    expect(await usesOf('carded')).toEqual(['trait:tier', 'trait:tier.since']);
    const { data } = await http.get<{ data: { slug: string }[] }>('/api/impact?use=order:id');
    expect(data.data.map(({ slug }) => slug)).toContain('carded');
  });
});

describe('variants and differences', () => {
  it('show everything that a mail may say by a few real people', async () => {
    await http.put('/api/templates/news', mail);
    const { data, status } = await studied<VariantsDto>(http, '/api/variants', { template: 'news', limit: 500 });
    expect({ status, data }).toMatchObject({ status: 200, data: { state: 'done', looked: 5 } });
    const grid = data.grid ?? { outcomes: [], never: [], variants: [], distinct: 0 };
    expect(grid.outcomes.map(({ written, what, people: count }) => [written, what, count])).toEqual(
      expect.arrayContaining([
        ['{{#if vip}}', 'then', 1],
        ['{{#if vip}}', 'else', 4],
        ['{{#ifEq city "Oslo"}}', 'nothing', 2],
        ['city', 'missing', 1],
        ['firstName', 'fallback', 1],
      ]),
    );
    expect(grid.never.map(({ written, what }) => [written, what])).toEqual([['{{#if never}}', 'then']]);
    expect(grid.distinct).toBe(4);
    expect(new Set(grid.variants.flatMap(({ outcomes }) => outcomes)).size).toBe(grid.outcomes.length);
    expect(grid.variants.reduce((sum, { standsFor }) => sum + standsFor, 0)).toBe(5);
    expect(grid.variants.map(({ person }) => person)).toEqual(expect.arrayContaining(['Ann', 'bob@x.com', 'Cid']));
    const again = await http.get<VariantsDto>(`/api/variants/${data.id}`);
    expect(again.data).toEqual(data);
    expect(await http.get(`/api/differences/${data.id}`)).toMatchObject({ status: 404 });
  });

  it('take it that everybody can unsubscribe', async () => {
    const source = '{{#if unsubscribeUrl}}<a href="{{unsubscribeUrl}}">Stop</a>{{/if}}';
    const { data } = await studied<VariantsDto>(http, '/api/variants', { subject: 'S', source, limit: 500 });
    expect(data.grid?.outcomes.map(({ what, people }) => [what, people])).toEqual([['then', 5]]);
  });

  it('count a mail that fails as an outcome of that person', async () => {
    const source = `{{#if vip}}{{numberFormat 1 "roman"}}{{/if}}`;
    const { data } = await studied<VariantsDto>(http, '/api/variants', { subject: 'S', source });
    expect(data.grid?.outcomes).toContainEqual(
      expect.objectContaining({ what: 'failed', written: 'template_failed', people: 1 }),
    );
  });

  it('tell whose mails a change changes, and how', async () => {
    await http.put('/api/templates/changed', mail);
    await http.post('/api/templates/changed/publish');
    await http.put('/api/templates/changed', { ...mail, source: mail.source.replace('VIP', 'Dear VIP') });
    const { data } = await studied<DifferencesDto>(http, '/api/differences', { template: 'changed' });
    expect(data).toMatchObject({ state: 'done', differences: { same: 4, differ: 1, failed: 0 } });
    expect(data.differences?.kinds).toMatchObject([
      { parts: ['html', 'text'], people: 1, examples: [{ person: 'Ann' }] },
    ]);
    const [text] = data.differences?.kinds[0]?.examples[0]?.changes.filter(({ part }) => part === 'text') ?? [];
    expect(text?.lines).toEqual(expect.arrayContaining(['-VIP Norway Oslo', '+Dear VIP Norway Oslo']));
    expect(await http.post('/api/differences', { template: 'news' })).toMatchObject({ status: 404 });
  });
});
