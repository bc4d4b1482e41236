import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { Vendor } from '../translate/index.ts';
import type { Translation } from './translations.ts';

let content: ContentApp;
let http: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
});
afterAll(() => content.close());

async function translated(vendor: Vendor, source: string, more: object = {}): Promise<Translation> {
  const { data, status } = await http.post<Translation>('/api/translations', { vendor, subject: 's', source, ...more });
  expect({ status, data }).toMatchObject({ status: 200, data: { proven: false, vendor } });
  return data;
}

const table: [source: string, Record<Vendor, string>][] = [
  [
    'Hi {{firstName}} {{{bio}}}',
    {
      sendgrid: 'Hi {{firstName}} {{{bio}}}',
      iterable: 'Hi {{firstName}} {{{bio}}}',
      mailchimp: 'Hi *|FNAME|* *|BIO|*',
      klaviyo: "Hi {{ person.first_name }} {{ person|lookup:'bio'|safe }}",
      braze: 'Hi {{${first_name} | escape}} {{custom_attribute.${bio}}}',
    },
  ],
  [
    '{{defaultIfEmpty firstName "there"}}',
    {
      sendgrid: '{{insert firstName "default=there"}}',
      iterable: '{{defaultIfEmpty firstName "there"}}',
      mailchimp: '*|IF:FNAME|**|FNAME|**|ELSE:|*there*|END:IF|*',
      klaviyo: "{{ person.first_name|default:'there' }}",
      braze: "{{${first_name} | default: 'there' | escape}}",
    },
  ],
  [
    '{{#if city}}a{{else}}b{{/if}}{{#unless city}}c{{/unless}}',
    {
      sendgrid: '{{#if city}}a{{else}}b{{/if}}{{#unless city}}c{{/unless}}',
      iterable: '{{#if city}}a{{else}}b{{/if}}{{#unless city}}c{{/unless}}',
      mailchimp: '*|IF:CITY|*a*|ELSE:|*b*|END:IF|**|IFNOT:CITY|*c*|END:IF|*',
      klaviyo: "{% if person|lookup:'city' %}a{% else %}b{% endif %}{% if not person|lookup:'city' %}c{% endif %}",
      braze:
        '{% if ${city} != blank and ${city} != 0 %}a{% else %}b{% endif %}{% if ${city} == blank or ${city} == 0 %}c{% endif %}',
    },
  ],
  [
    '{{#if (eq tier "gold")}}a{{/if}}{{#ifGte age 18}}b{{else}}c{{/ifGte}}',
    {
      sendgrid: '{{#equals tier "gold"}}a{{/equals}}{{#lessThan age 18}}c{{else}}b{{/lessThan}}',
      iterable: '{{#ifEq tier "gold"}}a{{/ifEq}}{{#ifGte age 18}}b{{else}}c{{/ifGte}}',
      mailchimp: '*|IF:TIER=gold|*a*|END:IF|**|IF:AGE>=18|*b*|ELSE:|*c*|END:IF|*',
      klaviyo:
        "{% if person|lookup:'tier' == 'gold' %}a{% endif %}{% if person|lookup:'age' >= 18 %}b{% else %}c{% endif %}",
      braze:
        "{% if custom_attribute.${tier} == 'gold' %}a{% endif %}{% if custom_attribute.${age} >= 18 %}b{% else %}c{% endif %}",
    },
  ],
  [
    '<a href="{{unsubscribeUrl}}">x</a>',
    {
      sendgrid: '<a href="{{{unsubscribe}}}">x</a>',
      iterable: '<a href="{{unsubscribeUrl}}">x</a>',
      mailchimp: '<a href="*|UNSUB|*">x</a>',
      klaviyo: '<a href="{% unsubscribe_link %}">x</a>',
      braze: '<a href="{{${set_user_to_unsubscribed_url}}}">x</a>',
    },
  ],
];
const cases = table.flatMap(([source, all]) =>
  Object.entries(all).map(([vendor, text]) => [vendor as Vendor, source, text] as const),
);

describe('translations', () => {
  it.each(cases)('%s: %s', async (vendor, source, text) => {
    expect(await translated(vendor, source)).toMatchObject({ mail: { html: text }, untranslated: [] });
  });

  it('go through lists, within and around', async () => {
    const source =
      '{{#each orders as |order|}}{{@index}}{{order.id}}{{#each lines}}{{name}}{{../id}}{{@root.city}}{{/each}}{{else}}none{{/each}}';
    expect((await translated('sendgrid', source)).mail.html).toBe(
      '{{#each orders}}{{@index}}{{id}}{{#each lines}}{{name}}{{../id}}{{@root.city}}{{/each}}{{else}}none{{/each}}',
    );
    expect((await translated('klaviyo', source, { fields: { orders: 'event.orders' } })).mail.html).toBe(
      "{% for entry in event.orders %}{{ forloop.counter0 }}{{ entry.id }}{% for entry2 in entry.lines %}{{ entry2.name }}{{ entry.id }}{{ person|lookup:'city' }}{% endfor %}{% empty %}none{% endfor %}",
    );
    const { mail, untranslated } = await translated('mailchimp', source);
    expect(mail.html).toBe(
      '⟦#each orders as |order|⟧⟦@index⟧⟦order.id⟧⟦#each lines⟧⟦name⟧⟦../id⟧*|CITY|*⟦/⟧⟦else⟧none⟦/⟧',
    );
    expect(untranslated[0]).toEqual({
      part: 'source',
      line: 1,
      column: 1,
      written: '{{#each orders as |order|}}',
      reason: 'Mailchimp does not go through lists',
    });
  });

  it("leaves Iterable's tags of data feeds to Iterable, and to nobody else", async () => {
    const source = '[[#each news.items]][[name]]{{firstName}}[[/each]][[news.title]]';
    expect(await translated('iterable', source)).toMatchObject({ mail: { html: source }, untranslated: [] });
    const { untranslated } = await translated('sendgrid', source);
    expect(untranslated).toContainEqual(expect.objectContaining({ written: '[[news.title]]', column: 51 }));
  });

  it('tell what has no words there, with its place, and what is lost', async () => {
    const source =
      '<p>\n  {{upper city}} {{dateFormat at format="dd.MM."}}\n{{#ifMatchesRegexStr city "x"}}<b>{{city}}</b>{{/ifMatchesRegexStr}}</p>';
    const result = await translated('sendgrid', source, { subject: '{{feeds.news.title}}', preheader: 'p' });
    expect(result.untranslated).toMatchObject([
      { part: 'subject', line: 1, column: 1, reason: 'feeds are read by Millrace' },
      { part: 'source', line: 2, column: 3, written: '{{upper city}}', reason: 'SendGrid has no helper "upper"' },
      { part: 'source', line: 2, column: 18 },
      { part: 'source', line: 3, column: 1, written: '{{#ifMatchesRegexStr city "x"}}' },
    ]);
    expect(result.mail.html).toBe(
      "<p>\n  ⟦upper city⟧ ⟦dateFormat at format='dd.MM.'⟧\n⟦#ifMatchesRegexStr city 'x'⟧<b>{{city}}</b>⟦/⟧</p>",
    );
    expect(result.lost).toEqual([
      expect.stringContaining('dynamic_template_data'),
      expect.stringContaining('plain text'),
      expect.stringContaining('preheader'),
    ]);
    expect((await translated('mailchimp', '*|EMAIL|* {{#if a}}{{#if b}}x{{/if}}{{/if}}')).untranslated).toHaveLength(2);
    expect((await translated('braze', '{{#if (or (and a b) c)}}x{{/if}}')).mail.html).toBe(
      '⟦#if (or (and a b) c)⟧x⟦/⟧',
    );
  });

  it('put blocks and layouts in, with their parameters; of variants only the default', async () => {
    const gold = { field: 'traits.tier', is: 'equals', value: 'gold' };
    const card = {
      name: 'Card',
      source: '<h1>{{title}} {{who.name}}</h1>\n{{upper city}}',
      params: [{ name: 'title', default: 'Hello' }, { name: 'who' }],
    };
    await http.put('/api/blocks/card', card);
    await http.put('/api/blocks/page', { name: 'Page', source: '<main>{{> @partial-block}}</main>' });
    await http.put('/api/blocks/offer', {
      name: 'Offer',
      source: 'All {{city}}',
      variants: [{ name: 'gold', when: gold, source: 'Gold' }],
    });
    const { mail, untranslated } = await translated(
      'mailchimp',
      '{{#> page}}{{> card who=profile.traits}}{{> offer}}{{/page}}',
    );
    expect(mail.html).toBe('<main><h1>Hello *|NAME|*</h1>\n⟦upper city⟧All *|CITY|*</main>');
    expect(untranslated).toMatchObject([
      { block: 'card', line: 2, column: 1, reason: expect.stringContaining('"upper"') },
      { part: 'source', reason: expect.stringContaining('only the default') },
    ]);
  });

  it('tell what a vendor would make otherwise of what can be said', async () => {
    const lost = async (vendor: Vendor, source: string) => (await translated(vendor, source)).lost.join(' ');
    expect(await lost('braze', '{{#if points}}a{{/if}}')).not.toContain('0 ');
    expect(await lost('braze', '{{#if (or points city)}}a{{/if}}')).toContain('takes 0 for something that is there');
    expect(await lost('braze', '{{defaultIfEmpty vip "no"}}')).toContain('fallback for false');
    expect(await lost('klaviyo', '{{defaultIfEmpty points "no"}}')).toContain('fallback for 0');
    for (const vendor of ['sendgrid', 'klaviyo', 'braze', 'mailchimp'] as const)
      expect(await lost(vendor, '{{#ifGt points 1}}a{{/ifGt}}')).toContain('compared by size');
    expect(await lost('iterable', '{{#ifGt points 1}}a{{/ifGt}}')).not.toContain('compared by size');
  });

  it('take the fields that somebody names, and say which ones were assumed', async () => {
    const source = '{{firstName}} {{lastOrder.total}} {{profile.traits.firstName}}';
    const fields = { 'lastOrder.total': 'LASTTOTAL' };
    expect(await translated('mailchimp', source, { fields })).toMatchObject({
      mail: { html: '*|FNAME|* *|LASTTOTAL|* *|FNAME|*' },
      fields: [
        { path: 'firstName', field: 'FNAME', assumed: true },
        { path: 'lastOrder.total', field: 'LASTTOTAL', assumed: false },
      ],
    });
    for (const field of ['A|*<script>', 'a}}{{b', '', 'x'.repeat(101), 5]) {
      const body = { vendor: 'mailchimp', subject: 's', source, fields: { firstName: field } };
      expect((await http.post('/api/translations', body)).status).toBe(400);
    }
  });
});
