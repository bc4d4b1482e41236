import { describe, expect, it } from '@jest/globals';
import type { Person } from '#profiles';
import type { ComposedToken } from './composed.ts';
import { contextOf } from './context.ts';
import { LeanRows } from './lean-rows.ts';
import { insertBehindTag, withPreheader } from '../mail-text/index.ts';
import { originsOf } from './origin.ts';
import { warningsOf } from './warnings.ts';

const at = '2024-05-01T10:00:00.000Z';
const origin = { connection: 'con_crm', stream: 'people', key: '7', at };
const tea = { id: 'SKU-7', connection: 'con_pim', name: 'Tea, 100 g', properties: {} };
const order = (id: string, when: string): Person['orders'][number] => {
  return {
    id,
    connection: 'con_shop',
    at: when,
    lines: [{ id: '1', name: 'Tea', productDetails: tea }],
    properties: {},
  };
};
const person: Person = {
  profile: {
    id: 'p_1',
    version: 2,
    identities: [],
    traits: { city: 'Oslo', orders: 'a trait of this name', address: { zip: '0150' } },
    computed: { lifetimeValue: 249.5 },
    audiences: [],
    origins: { city: origin, address: origin },
    createdAt: at,
    updatedAt: at,
    absorbed: [],
    masked: [],
  },
  orders: [order('2', '2024-05-02T00:00:00.000Z'), order('1', '2024-04-01T00:00:00.000Z')],
  events: [{ id: 'e1', name: 'Signed up', at, properties: {} }],
  consents: [],
};
const later = new Date('2024-06-01T00:00:00Z');

describe('contextOf', () => {
  it('has traits at the top and reserved names that win', () => {
    const context = contextOf(person, later);
    expect(context).toMatchObject({ city: 'Oslo', lastOrder: { id: '2' }, now: '2024-06-01T00:00:00.000Z' });
    expect(context.orders).toHaveLength(2);
    expect(context.profile).toMatchObject({ id: 'p_1', traits: { city: 'Oslo' } });
    expect(context.profile).not.toHaveProperty('origins');
  });

  it('has no trait in the place of feeds', () => {
    const traits = { ...person.profile.traits, feeds: ['sports'] };
    const told = { ...person, profile: { ...person.profile, traits } };
    const context = contextOf(told, later);
    expect(context).not.toHaveProperty('feeds');
    expect(context.profile).toMatchObject({ traits: { feeds: ['sports'] } });
    const names = new Set(['feeds', 'city']);
    const { text } = new LeanRows({ clock: later, defaultLocale: 'en', names }).of({ person: told });
    expect(JSON.parse(text)).toEqual({ city: 'Oslo', now: '2024-06-01T00:00:00.000Z', unsubscribeUrl: null });
  });

  it('leaves out what came after the clock', () => {
    const context = contextOf(person, new Date('2024-04-15T00:00:00Z'));
    expect(context).toMatchObject({ lastOrder: { id: '1' }, events: [] });
  });
});

describe('originsOf', () => {
  const of = (path: string, clock = later): unknown => originsOf(person, contextOf(person, clock))(path);

  it.each([
    ['city', { kind: 'trait', ...origin }],
    ['address.zip', { kind: 'trait', ...origin }],
    ['profile.traits.city', { kind: 'trait', ...origin }],
    ['profile.id', { kind: 'profile', key: 'p_1' }],
    ['lastOrder.lines.0.name', { kind: 'order', connection: 'con_shop', key: '2', at: '2024-05-02T00:00:00.000Z' }],
    ['lastOrder.lines.0.productDetails.name', { kind: 'product', connection: 'con_pim', key: 'SKU-7' }],
    ['orders.1.total', { kind: 'order', connection: 'con_shop', key: '1', at: '2024-04-01T00:00:00.000Z' }],
    ['orders', null],
    ['events.0.name', { kind: 'event', key: 'e1', at }],
    ['now', { kind: 'clock' }],
    ['constructor', null],
  ])('knows where %s came from', (path, expected) => expect(of(path)).toEqual(expected));

  it('goes by what the mail saw, not by the position of today', () => {
    expect(of('lastOrder.id', new Date('2024-04-15T00:00:00Z'))).toMatchObject({ key: '1' });
  });
});

describe('warningsOf', () => {
  const parts = { subject: 'S', source: 'x' };
  const mail = { subject: 'S', preheader: '', html: 'x', text: 'x' };
  const prepared = (written: object): { name: string; source: string }[] =>
    Object.entries({ ...parts, ...written }).map(([name, source]) => ({ name, source }));
  const codes = (more: object, written: object = {}, rendered = prepared(written)): string[] =>
    warningsOf({ ...parts, ...written }, { ...mail, ...more }, [], rendered).map(({ code }) => code);

  it.each([
    [{ text: 'Hi ,\nnews' }, ['blank_greeting']],
    [{ subject: 'Dear !' }, ['blank_greeting']],
    [{ text: 'Hello, your order. Hi Ann, Hi! Delhi , Hi' }, []],
    [{ html: 'a {{b' }, ['literal_braces']],
    [{ html: '<style>@media(max-width:600px){.a{color:blue}}</style>' }, []],
    [{ html: 'é'.repeat(52_300) }, ['too_large_for_gmail']],
    [{ html: '<a href=" javascript:x">a</a><a href="https://x.example">b</a>' }, ['unsafe_link']],
    [{}, []],
  ])('of %j', (more, expected) => expect(codes(more)).toEqual(expected));

  it('tells once of a token that is missing in each element of a loop', () => {
    const token = (column: number, path: string): ComposedToken => ({
      ...{ part: 'source', path, written: 'size', use: 'text', value: null, missing: true, fallback: null },
      ...{ line: 1, column, endLine: 1, endColumn: column + 4, places: [], origin: null, reason: 'not_told' },
    });
    const tokens = [token(5, 'l.0.size'), token(5, 'l.1.size'), token(15, 'l.0.size')];
    expect(warningsOf(parts, mail, tokens, prepared({}))).toMatchObject([{ column: 5 }, { column: 15 }]);
  });

  it('takes braces that an author escaped for what they are', () => {
    const source = '<template type="amp-mustache">\\{{title}}</template>';
    expect(codes({ html: '{{title}}', text: '{{title}}' }, { source })).toEqual([]);
    expect(codes({ html: '{{title}}', subject: 'a {{b' }, { source })).toEqual(['literal_braces']);
    expect(codes({ html: '<div>{{x</div>', preheader: '{{x' }, { preheader: '\\{{x' })).toEqual([]);
    const inBlock = prepared({ source: '\\{{title}}' });
    expect(codes({ html: '{{title}}', text: '{{title}}' }, { source: '{{> code}}' }, inBlock)).toEqual([]);
  });

  it('leaves typographic quotes within straight ones alone', () => {
    expect(codes({}, { source: '{{defaultIfEmpty firstName "l’ami"}}{{t \'“x”\'}}' })).toEqual([]);
  });

  it('marks typographic quotes in tags, not in text', () => {
    const source = 'She said “hi”\n{{#if (eq a “x”)}}y{{/if}}';
    const [warning] = warningsOf({ ...parts, source }, mail, [], prepared({ source }));
    expect(warning).toMatchObject({ code: 'typographic_quotes', part: 'source', line: 2, column: 13 });
    expect(codes({}, { source: '[[news.[“a:b”]]]' })).toEqual(['typographic_quotes']);
    expect(codes({}, { source: '[[news.[l’ami]]]' })).toEqual([]);
  });
});

describe('the preheader', () => {
  it('stands first in the body, escaped', () => {
    const html = withPreheader('<html><BODY class="a"><p>x</p></BODY></html>', 'a < b');
    expect(html).toMatch(/<BODY class="a"><div style="display:none[^>]*>a &lt; b/);
    expect(withPreheader('<p>x</p>', '')).toBe('<p>x</p>');
  });

  it('stands in no comment', () => {
    const head = '<html><head><!-- the <body> has the offer --></head><!--[if mso]><body class="mso"><![endif]-->';
    const body = '<!--[if !mso]><!--><body title="a > b">';
    expect(insertBehindTag(`${head}${body}x`, 'body', '!')).toBe(`${head}${body}!x`);
  });

  it('finds tags in linear time', () => {
    expect(insertBehindTag('<bodyguard><body >x', 'body', '!')).toBe('<bodyguard><body >!x');
    expect(insertBehindTag('<body'.repeat(200_000), 'body', '!')).toMatch(/^!/);
  });
});
