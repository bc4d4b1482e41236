import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import { people } from './testing/people.ts';
import { asked } from './testing/vendor-data.ts';
import type { Translation } from './translations.ts';

/** Each says the same in Millrace and wherever it is translated as a whole. */
const templates = [
  'Hi {{firstName}} {{lastName}}, {{{firstName}}} {{city}}',
  'Hi {{defaultIfEmpty firstName "you"}}; {{defaultIfEmpty city "R&D <here>"}}; {{{defaultIfEmpty city "a & b"}}}',
  '{{insert firstName "default=friend"}} {{insert tier "it\'s"}}',
  '{{#if firstName}}a{{else}}b{{/if}} {{#unless city}}c{{/unless}} {{#if tier}}{{#if city}}d{{/if}}{{/if}}',
  '{{#if points}}some{{else}}none{{/if}} {{#unless points}}none{{/unless}} {{#if score}}score{{/if}}',
  '{{#if orders}}orders{{else}}no orders{{/if}} {{#unless orders}}no orders{{/unless}}',
  '{{#if (eq tier "gold")}}a{{else}}b{{/if}} {{#ifEq tier "silver"}}c{{/ifEq}} {{#if (neq tier "gold")}}d{{/if}}',
  '{{#ifGt points 1}}many{{else}}few{{/ifGt}} {{#ifGte points 1}}b{{/ifGte}} {{#ifLt points 1}}c{{else}}d{{/ifLt}} {{#ifLte points 40}}e{{/ifLte}}',
  '{{#if (and firstName city)}}both{{else}}not both{{/if}} {{#if (or firstName city)}}one{{else}}none{{/if}}',
  '{{#if (and points city)}}both{{else}}not both{{/if}} {{#unless (and points tier)}}lacks{{/unless}} {{#if (or tier city)}}one{{else}}none{{/if}} {{#unless (or tier city)}}lacks both{{/unless}}',
  '{{#each orders}}[{{@index}} {{id}} {{total}} {{#each lines}}{{quantity}} x {{name}} ({{../id}}, {{@root.city}}){{#unless @last}}, {{/unless}}{{else}}no lines{{/each}}]{{else}}none{{/each}}',
  '{{#each orders as |order|}}{{#if @first}}first {{/if}}{{#if order.total}}{{order.total}}{{else}}free{{/if}} {{/each}}',
  '{{points}} {{score}} {{#with city}}in {{this}}{{else}}nowhere{{/with}}',
  '{{upper city}} {{lower tier}} {{trim tier}}',
  '{{capitalize lastName}} {{capitalizeFirst lastName}}',
  '{{formatDate "2024-05-02T10:00:00Z" "MM/DD/YYYY"}} {{dateFormat "2024-05-02" format="dd.MM.yyyy"}}',
  '{{formatDate "2024-05-02T10:00:00Z" "MM/DD/YYYY"}} {{city}}',
  '<a href="{{city}}">{{dateFormat "2024-05-02" format="dd.MM.yyyy"}}</a>{{defaultIfEmpty (upper city) "NOWHERE"}}',
];

let content: ContentApp;
let http: AxiosInstance;
/** What Millrace composes: by person, then by template. */
const ours: Record<string, { subject: string; html: string }[]> = {};

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
  for (const [name, { traits, orders }] of Object.entries(people)) {
    const identities = { email: `${name}@example.com` };
    await content.load('profile', { identities, traits });
    for (const order of orders)
      await content.load('order', { ...order, identities, at: `2024-05-${String(order.id)}T00:00:00Z` });
    const composed = templates.map(async (source) => {
      const body = { identity: `email:${name}@example.com`, subject: source, source: `<p>${source}</p>` };
      const { data, status } = await http.post<{ subject: string; html: string }>('/api/preview', body);
      expect({ status, data }).toMatchObject({ status: 200 });
      return data;
    });
    ours[name] = await Promise.all(composed);
  }
});
afterAll(() => content.close());

/** Engines spell some characters otherwise, for example &#39; for &#x27;: what is shown is the same. */
function spelledAlike(html: string): string {
  return html
    .replace(/&#(?:x27|39);/g, "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&#34;', '&quot;');
}

/** A subject is one line of a header: Millrace puts one space where there are several. */
const as = {
  subject: (text: string): string => text.replace(/\s+/g, ' ').trim(),
  html: spelledAlike,
};

describe('what an engine of the vendor’s language makes of a translation is what Millrace composes', () => {
  it.each(Object.entries(asked))('%s', async (vendor, { engine, fields, data }) => {
    const whole: [index: number, part: 'subject' | 'html', text: string][] = [];
    for (const [index, source] of templates.entries()) {
      const body = { vendor, subject: source, source: `<p>${source}</p>`, fields };
      const { data: translation } = await http.post<Translation>('/api/translations', body);
      const { mail, untranslated } = translation;
      for (const [part, own] of [
        ['subject', 'subject'],
        ['html', 'source'],
      ] as const)
        if (!untranslated.some((tag) => tag.part === own)) whole.push([index, part, mail[part]]);
    }
    const cases = Object.entries(people).flatMap(([name, { traits, orders }]) =>
      whole.map(([index, part, source]) => ({ name, index, part, source, data: data(traits, orders) })),
    );
    const rendered = await engine(cases);
    const differing = cases.flatMap(({ name, index, part, source }, at) => {
      const there = as[part](rendered[at] ?? '');
      const here = as[part](ours[name]?.[index]?.[part] ?? 'not composed');
      return there === here ? [] : [{ name, part, template: templates[index], source, here, there }];
    });
    expect(differing).toEqual([]);
    expect(whole.length).toBeGreaterThanOrEqual(20);
  });
});
