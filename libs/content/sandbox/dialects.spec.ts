import { describe, expect, it } from '@jest/globals';
import { Engine, type Rendered } from './engine.ts';

/** What the vendors' documents say: https://support.iterable.com/hc/en-us/articles/205480365 and https://twilio.com/docs/sendgrid/for-developers/sending-email/using-handlebars */
const engine = new Engine();
const now = '2025-11-26T16:30:00.000Z';

function rendered(source: string, row: object, frame: object = {}): Rendered {
  const base = { locale: 'en', timeZone: 'UTC', now };
  return engine.render({ name: 'source', source, html: true }, row, { ...base, ...frame });
}
const render = (source: string, row: object, frame?: object): string =>
  rendered(source, row, frame).output.replaceAll(/[\u00a0\u202f]/g, ' ');
const skips = (source: string, row: object): string[] =>
  (rendered(source, row).notes ?? []).map(({ kind, text }) => `${kind}: ${text}`);

const cart = [
  { name: 'Shoes', price: 59.99, kind: 'wear' },
  { name: 'Jacket', price: '70', kind: 'wear' },
  { name: 'Tea', price: 4, kind: 'food' },
];

describe('Iterable', () => {
  it.each<[string, object, string]>([
    ['{{t.length}} {{cart.size}} {{#if (gt cart.size 2)}}many{{/if}}', { t: 'abcdefgh', cart }, '8 3 many'],
    ['{{each.size}}{{#each l}}{{this}}{{/each}}', { l: [1, 2], each: { size: 'own' } }, 'own12'],
    [
      '{{substring t 3 6}}|{{abbreviate u 7}}|{{center v size=20 pad="-"}}',
      { t: 'iterable document', u: 'Apples are red', v: 'Hello' },
      'rab|Appl...|-------Hello--------',
    ],
    ['{{slugify t}}', { t: "It's time for our 2nd annual fall sale" }, 'its-time-for-our-nd-annual-fall-sale'],
    ['{{#breaklines}}{{t}}{{/breaklines}}', { t: 'Hi <b>\n\nHow?' }, 'Hi &lt;b&gt;<br><br>How?'],
    ['?q={{#urlEncode}}{{t}}{{/urlEncode}}', { t: "fall sale's & ü*~" }, '?q=fall+sale%27s+%26+%C3%BC*%7E'],
    ['{{{toJson o}}} {{toUrlEncodedJson t}}', { o: { a: 'v' }, t: 'My string' }, '{"a":"v"} %22My+string%22'],
    ['{{#base64}}user@example.com{{/base64}}', {}, 'dXNlckBleGFtcGxlLmNvbQ=='],
    ['{{#md5}}{{u}}@{{h}}{{/md5}}', { u: "o'user", h: 'x=y' }, '66d8bb98af836ba7d32054ee533edfe7'],
    ['{{md5 a b}}', { a: 'user@', b: 'example.com' }, 'b58996c504c5638798eb6b511e6f49af'],
    ['{{numberFormat 5.2345 "currency" "en_US"}} {{numberFormat 0.23 "percent"}}', {}, '$5.23 23%'],
    [
      '{{numberFormat 123.456789 maximumFractionDigits=3}} {{numberFormat 123.4 minimumFractionDigits=5}}',
      {},
      '123.457 123.40000',
    ],
    [
      '{{numberFormat 1234.5678 ",000.00"}} {{numberFormat 3 "0.00"}} {{numberFormat 0.5 "$#,##0.0%"}}',
      {},
      '1,234.57 3.00 $50.0%',
    ],
    ['{{numberFormat 5.5 "integer" roundingMode="up"}}{{numberFormat 5.5 "integer" roundingMode="down"}}', {}, '65'],
    [
      '{{numberFormat -5.5 "integer" roundingMode="ceiling"}}{{numberFormat -5.5 "integer" roundingMode="floor"}}',
      {},
      '-5-6',
    ],
    [
      '{{numberFormat -5.5 "integer" roundingMode="half_up"}}{{numberFormat -5.5 "integer" roundingMode="half_down"}}',
      {},
      '-6-5',
    ],
    ['{{numberFormat 5.5 "integer"}}{{numberFormat 4.5 "integer"}}', {}, '64'],
    ["{{math 3 '+' 2}} {{math 3 '/' 2}} {{math n '%' 2}}", { n: '3' }, '5 1.5 1'],
    [
      '{{#eq a b}}same{{else}}not{{/eq}} {{#neq a c}}other{{/neq}} {{ne o p yes="y" no="n"}}',
      { a: [1, 2], b: [1, 2], c: [2], o: { a: 1, b: 2 }, p: { b: 2, a: 1 } },
      'same other n',
    ],
    ['{{#ifModEq n 21 0}}yes{{/ifModEq}}{{#ifModEq x 2 0}}{{else}}no{{/ifModEq}}', { n: 42 }, 'yesno'],
    [
      '{{#ifContains cart \'{"name":"Tea"}\'}}tea{{/ifContains}}{{#ifContains ids "7"}}seven{{else}}none{{/ifContains}}',
      { cart, ids: [7, 8] },
      'teaseven',
    ],
    ['{{#ifContains missing "x"}}a{{else}}b{{/ifContains}}', {}, 'b'],
    [
      '{{#ifMatchesRegexStr t "camera"}}a{{else ifMatchesRegexStr t ".*camera.*"}}b{{else}}c{{/ifMatchesRegexStr}}',
      { t: 'my camera' },
      'b',
    ],
    [
      '{{#minInList cart "price"}}{{name}}{{/minInList}} {{#maxInList cart "price"}}{{name}} {{../x}}{{/maxInList}}{{#minInList none "price"}}{{else}}-{{/minInList}}',
      { cart, x: 'X' },
      'Tea Jacket X-',
    ],
    [
      '{{#sortBy cart field="price" order="asc" as |sorted|}}{{#each sorted}}{{name}} {{/each}}{{/sortBy}}',
      { cart },
      'Tea Shoes Jacket ',
    ],
    [
      '{{#groupBy cart field="kind" as |groups|}}{{#each groups as |g|}}{{g.key.kind}} ({{g.count}}): {{#each g.items as |i|}}{{i.name}} {{/each}}{{/each}}{{/groupBy}}',
      { cart },
      'wear (2): Shoes Jacket food (1): Tea ',
    ],
    [
      '{{#groupBy l field="a" as |g|}}{{#each g}}{{count}}{{/each}}{{/groupBy}}',
      { l: Array.from({ length: 150 }, () => ({ a: 1 })) },
      '100',
    ],
    [
      '{{#assign "v"}}{{math 1 "+" n}}&{{/assign}}{{#each cart}}{{v}}{{#if @first}}{{name}}{{/if}}{{/each}}',
      { n: 2, cart, v: 'trait' },
      '3&amp;Shoes3&amp;3&amp;',
    ],
    [
      '{{#lookup greetings language as |lang|}}{{lang.hi}}{{/lookup}}',
      { language: 'en', greetings: [{ es: { hi: 'Hola' } }, { en: { hi: 'Hello' } }] },
      'Hello',
    ],
    [
      '{{#lookup list mail resolveKey=false as |row|}}{{row.n}}{{else}}nobody{{/lookup}}',
      { mail: 'a@x.y', list: [{ mail: 'a@x.y', n: 5 }] },
      '5',
    ],
    ['{{#lookup o "constructor" as |x|}}found{{else}}nothing{{/lookup}}', { o: {} }, 'nothing'],
    [
      '{{#catalog "My Menu" "7" as |dish|}}{{dish.name}}{{/catalog}}',
      { feeds: { 'my-menu': [{ id: 7, name: 'Soup' }] } },
      'Soup',
    ],
    [
      '{{dateFormat "2018-06-22 14:00:00 +07:00" format="yyyy-MM-dd HH:mm:ss Z" tz="America/Denver"}}',
      {},
      '2018-06-22 01:00:00 -0600',
    ],
    [
      '{{dateFormat d "long" "de_DE"}}|{{dateFormat d format="u D"}}|{{dateFormat d format="short"}}',
      { d: '2017-06-21' },
      '21. Juni 2017|3 172|6/21/17',
    ],
    [
      '{{dateMath d "+30d" format="long"}}|{{dateMath d "+1y-1M+3w"}}',
      { d: '2022-10-10 17:47:38 +00:00' },
      'November 9, 2022|Oct 1, 2023',
    ],
    ['{{dateMath "2018-01-01 00:00:00" "+2h" format="long" locale="es_ES"}}', {}, '1 de enero de 2018'],
    [
      '{{dateMath "now" "-24h" format="yyyyMMddHHmmss"}} {{dateMath "midnight" "+0d" format="HH:mm dd" tz="Asia/Tokyo"}}',
      {},
      '20251125163000 00:00 27',
    ],
    [
      "{{dateMath b (now format=\"-y'y'+1'y'-M'M'+1'M'-d'd'+1'd'-H'H'-m'm'-s's'\" tz=\"UTC\") format=\"yy\"}}",
      { b: '1990-06-15' },
      '35',
    ],
    [
      "{{dateMath b (now format=\"-y'y'+1'y'-M'M'+1'M'-d'd'+1'd'-H'H'-m'm'-s's'\" tz=\"UTC\") format=\"yy\"}}",
      { b: '1990-12-15' },
      '34',
    ],
    ['{{now format="EEEE yyyy"}} {{now}} {{timestamp}}', { now }, `Wednesday 2025 ${now} ${Date.parse(now)}`],
    ['{{dateMath soon "+1d"}}', { soon: 'soon' }, 'soon'],
    [
      '{{#ifGte (dateFormat d format="yyyyMMddHHmmss" tz="UTC") (dateMath "now" "-1M" format="yyyyMMddHHmmss" tz="UTC")}}lately{{/ifGte}}',
      { d: '2025-11-01' },
      'lately',
    ],
  ])('%s', (source, row, output) => expect(render(source, row)).toBe(output));

  it.each<[string, object, string[]]>([
    [
      '{{#if low}}{{sendSkip cause="insufficient credit" needed=5}}{{/if}}',
      { low: true },
      ['skip: insufficient credit'],
    ],
    ['{{sendSkip}}', {}, ['skip: the template skips this person']],
    ['{{abort_message "no city"}}', {}, ['skip: no city']],
    ['{{#ifGt missing 5}}a{{/ifGt}}', {}, ['skip: ifGt compares a value that is missing']],
    ['{{#if (lte n 5)}}a{{/if}}', { n: null }, ['skip: lte compares a value that is missing']],
    ['{{#ifContainsStr t "a"}}{{/ifContainsStr}}', { t: '' }, ['skip: ifContainsStr searches a text that is missing']],
    ['{{#catalog "Menu" 9 required=true as |x|}}{{/catalog}}', {}, ['skip: The catalog "Menu" has no entry "9".']],
    [
      '{{#ifGt (defaultIfEmpty missing 0) 5}}a{{/ifGt}}{{#ifEq missing 5}}{{/ifEq}}{{#greaterThan missing 5}}{{/greaterThan}}',
      {},
      [],
    ],
  ])('skips, or not: %s', (source, row, expected) => expect(skips(source, row)).toEqual(expected));

  it.each([
    ['{{#ifMatchesRegexStr "a" "["}}{{/ifMatchesRegexStr}}', /no regular expression/],
    ["{{#ifContains l '{a'}}{{/ifContains}}", /no JSON/],
    ['{{dateMath "now" "1 day"}}', /no calculation/],
    ['{{dateMath "now" "+999999y"}}', /too far away/],
    ['{{numberFormat 1 "integer" roundingMode="sideways"}}', /no rounding mode/],
  ])('tells what is wrong with %s', (source, message) => expect(() => render(source, { l: [1] })).toThrow(message));
});

describe('a catalog of Iterable', () => {
  const check = (source: string) => () => engine.check({ name: 'source', source, html: true });

  it.each(['{{#catalog menu id as |d|}}{{/catalog}}', 'a {{#if b}}{{#catalog (upper c) 1 as |d|}}{{/catalog}}{{/if}}'])(
    'is refused where its name would come from data, which fetches no feed: %s',
    (source) => expect(check(source)).toThrow(/named by a text in quotes/),
  );

  it('is taken by a name that is written out', () => {
    expect(check('{{#catalog "Menu" id as |d|}}{{d.x}}{{/catalog}}{{catalog}}')()).toMatchObject({ feeds: ['Menu'] });
  });
});

describe('SendGrid', () => {
  it.each<[string, object, string]>([
    ['{{#greaterThan scoreOne scoreTwo}}a{{else}}b{{/greaterThan}}', { scoreOne: 100, scoreTwo: 78 }, 'a'],
    ['{{#greaterThan 0 length cartItems}}a{{else}}b{{/greaterThan}}', { cartItems: [1, 2] }, 'b'],
    ['{{#lessThan 0 length cartItems}}a{{else}}b{{/lessThan}}', { cartItems: [1, 2] }, 'a'],
    ['{{#equals code "10"}}a{{/equals}}{{#notEquals code 10}}{{else}}b{{/notEquals}}', { code: 10 }, 'ab'],
    ['{{#and a b c}}all{{else}}no{{/and}}{{#or x c}}any{{/or}}', { a: 1, b: true, c: 'x' }, 'allany'],
    ['{{insert name "default=Customer"}} {{insert last "Lee"}}', { name: '' }, 'Customer Lee'],
    ['{{formatDate t "MM/DD/YY h:mm:ss A" "-0800"}}', { t: '2020-01-01T23:00:00.000Z' }, '01/01/20 3:00:00 PM'],
    ['{{{formatDate t "h [o\'clock], MMM \'YY"}}}', { t: '2020-01-01T23:00:00.000Z' }, "11 o'clock, Jan '20"],
    ['{{#each cart}}{{@index}}{{name}}{{@root.user}} {{/each}}', { cart, user: '!' }, '0Shoes! 1Jacket! 2Tea! '],
  ])('%s', (source, row, output) => expect(render(source, row)).toBe(output));
});

describe('strings', () => {
  const strings = {
    hi: 'Olá {name}!',
    items: '{count, plural, one {# item} other {# itens}}',
    plain: "it's <b>",
    broken: '{count, plural, one {#}}',
  };
  const frame = { locale: 'pt-BR', strings };

  it.each<[string, object, string]>([
    ['{{t "hi" name=firstName}}', { firstName: '<Ana>' }, 'Olá &lt;Ana&gt;!'],
    ['{{t "items" count=n}}|{{t "items" count=1}}', { n: 1200 }, '1.200 itens|1 item'],
    ['{{{t "plain"}}}', {}, 'it&#x27;s <b>'.replace('&#x27;', "'")],
    ['{{t "none"}}|{{t "none" default="Hi {name}" name="Ann"}}', {}, 'none|Hi Ann'],
    ['{{numberFormat 1.5}} {{dateFormat "2024-03-01" "d MMMM"}}', {}, '1,5 1 março'],
  ])('%s', (source, row, output) => expect(render(source, row, frame)).toBe(output));

  it('that are missing are noted with their place', () => {
    expect(rendered('a\n {{t "none"}}', {}, frame).notes).toEqual([
      { kind: 'missing_string', text: 'none', part: 'source', place: { line: 2, column: 2 } },
    ]);
  });

  it.each([['{{t "hi"}}'], ['{{t "broken" count=1}}']])('that cannot be shown are an error: %s', (source) => {
    expect(() => render(source, {}, frame)).toThrow(/cannot be shown/);
  });
});
