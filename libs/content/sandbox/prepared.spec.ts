import { describe, expect, it } from '@jest/globals';
import { TemplateFault } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { placeIn, preparePart, type BlockSource, type BlockSources, type WrittenPart } from '../prepare/index.ts';
import { unmark } from '../tokens/index.ts';
import { Engine, type Rendered } from './engine.ts';

const engine = new Engine();
const frame = { locale: 'en', timeZone: 'UTC', now: '2025-01-01T00:00:00.000Z' };
const block = (source: string, more: Partial<BlockSource> = {}): BlockSource => ({
  source,
  params: [],
  variants: [],
  ...more,
});
const part = (source: string, more: Partial<WrittenPart> = {}): WrittenPart => ({
  name: 'source',
  source,
  html: true,
  ...more,
});

async function explain(source: string, blocks: BlockSources, row: object, variants = {}): Promise<Rendered> {
  const prepared = await preparePart(part(source), blocks, knownHelpers);
  const plain = engine.render(prepared, row, { ...frame, variants });
  const { marked } = engine.explain(prepared, row, { ...frame, variants });
  expect(unmark(marked).text).toBe(plain.output);
  return plain;
}
const render = async (...given: Parameters<typeof explain>): Promise<string> => (await explain(...given)).output;
const faultOf = async (
  source: string,
  blocks: BlockSources = {},
  more: Partial<WrittenPart> = {},
): Promise<TemplateFault> => {
  const failure: unknown = await preparePart(part(source, more), blocks, knownHelpers).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof TemplateFault) return failure;
  throw new Error(`It was let through, or failed otherwise: ${String(failure)}`);
};

describe('blocks', () => {
  const blocks = {
    card: block('[{{title}}|{{color}}|{{city}}|{{product.name}}]', {
      params: [{ name: 'title', default: 'None "here"' }, { name: 'color', default: 3 }, { name: 'product' }],
    }),
    frame: block('<{{label}} {{> @partial-block}}>', { params: [{ name: 'label', default: 'x' }] }),
    outer: block('({{#> frame label="in"}}{{> @partial-block}}{{/frame}})'),
    twice: block('{{> card}}{{> card title=city}}'),
    offer: block('default', {
      variants: [
        { name: 'gold', source: 'gold {{city}}' },
        { name: 'new', source: 'new' },
      ],
    }),
  };
  const row = { city: 'Oslo', title: 'Dr', lines: [{ name: 'Mug', title: 'a' }, { name: 'Cap' }] };

  it.each([
    ['{{> card title="Hi" color="red"}}', '[Hi|red|Oslo|]'],
    ['{{> card}}', '[None &quot;here&quot;|3|Oslo|]'],
    ['{{#each lines}}{{> card title=name product=this}}{{/each}}', '[Mug|3||Mug][Cap|3||Cap]'],
    ['{{> card lines.[0] color=title}}', '[None &quot;here&quot;|Dr||]'],
    ['{{> card title="}} a=b"}}', '[}} a&#x3D;b|3|Oslo|]'],
    ['{{> twice}}', '[None &quot;here&quot;|3|Oslo|][Oslo|3|Oslo|]'],
    ['{{#> frame}}{{title}}{{/frame}}', '<x Dr>'],
    ['{{#> frame label=city}}{{label}}{{/frame}}', '<Oslo >'],
    ['{{#each lines}}{{#> frame}}{{name}} {{../city}}{{/frame}}{{/each}}', '<x Mug Oslo><x Cap Oslo>'],
    [
      '{{#each lines}}{{#> frame}}{{#with this}}{{../city}}{{/with}}{{#each ../lines}}{{../name}};{{/each}}{{/frame}}{{/each}}',
      '<x Oslo;Mug;><x OsloCap;;>',
    ],
    [
      '{{#each lines as |l|}}{{#> outer}}{{l.name}}{{#> frame}}{{../title}}{{/frame}}{{/outer}}{{/each}}',
      '(<in Mug<x Dr>>)(<in Cap<x Dr>>)',
    ],
    ['{{> frame}}', '<x >'],
    ['a {{~> card title="t" color=1 ~}} b', 'a[t|1|Oslo|]b'],
    ["{{{snippet 'Card' 'Hi' color=city}}}", '[Hi|Oslo|Oslo|]'],
    ['{{snippet "card" city "blue" lines.[0]}}', '[Oslo|blue|Oslo|Mug]'],
    ['{{{snippet "card" title="Big hot summer sale"}}}', '[Big hot summer sale|3|Oslo|]'],
    ["{{snippet 'card' (upper\n (trim city)) 'a b' product=lines.[0]}}", '[OSLO|a b|Oslo|Mug]'],
    ['{{snippet "card" "Say \\"hi there\\"" 1 lines.[0] "more" }}', '[Say &quot;hi there&quot;|1|Oslo|Mug]'],
    ['{{snippet "card" title="x=1 color = 2" product=(first lines)}}', '[x&#x3D;1 color &#x3D; 2|3|Oslo|Mug]'],
    ['{{> card title=(t "hello" color=city default="{color}")}}', '[Oslo|3|Oslo|]'],
    ['\\{{> card}} {{!-- {{> nothing}} --}}', '{{> card}} '],
  ])('%s', async (source, output) => expect(await render(source, blocks, row)).toBe(output));

  it('show the variant that was chosen, or the default', async () => {
    expect(await render('{{> offer}} {{> card title="t" color=1}}', blocks, row, { offer: 'gold' })).toBe(
      'gold Oslo [t|1|Oslo|]',
    );
    expect(await render('{{> offer}}', blocks, row, { offer: 'new' })).toBe('new');
    expect(await render('{{> offer}}', blocks, row)).toBe('default');
  });

  it.each([
    [
      'a\n  {{> crad}}',
      { code: 'template_invalid', message: /no block "crad". Did you mean "card"/, place: { line: 2, column: 3 } },
    ],
    [
      '{{> a}}',
      {
        code: 'template_invalid',
        message: /In the block "c": .*contains itself: a → b → c → a/,
        place: { line: 1, column: 1 },
      },
    ],
    ['{{> many}}', { code: 'template_too_large', message: /With its blocks/ }],
    ['{{> deep}}', { code: 'template_too_large', message: /More than 100 blocks/ }],
    [
      '{{> wrong}}',
      { code: 'template_invalid', message: /In the block "wrong": There is no helper/, place: { line: 2, column: 2 } },
    ],
  ])('are refused: %s', async (source, { message, ...rest }) => {
    const levels = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`many${index}`, block(`{{> many${index + 1}}}`.repeat(3))]),
    );
    const fault = await faultOf(source, {
      ...blocks,
      ...levels,
      many20: block('x'),
      many: block('{{> many0}}'),
      deep: block('{{#if a}}'.repeat(60) + '{{> deeper}}' + '{{/if}}'.repeat(60)),
      deeper: block('{{#if a}}'.repeat(60) + '{{/if}}'.repeat(60)),
      a: block('{{> b}}'),
      b: block('{{> c}}'),
      c: block('{{> a}}'),
      wrong: block('\n {{uper x}}'),
    });
    expect(fault).toMatchObject(rest);
    expect(fault.message).toMatch(message);
  });

  it('tell where their tokens come from, and where they are written', async () => {
    const source = 'Hi\n{{#each lines}}{{> card title=name product=this}}{{/each}}{{#> frame}}{{city}}{{/frame}}';
    const prepared = await preparePart(part(source), blocks, knownHelpers);
    const { tokens } = engine.explain(prepared, row, frame);
    const told = tokens.map((token) => {
      const { block: at, line, column } = placeIn(prepared.places, token);
      return [token.path, token.value, `${at ?? ''}:${line}:${column}`];
    });
    expect(told).toEqual([
      ['lines', '[2 elements]', ':2:9'],
      ['lines.0.name', 'Mug', ':2:31'],
      ['lines.0', '{…}', ':2:44'],
      ['lines.0.name', 'Mug', 'card:1:4'],
      ['blocks.card.color', 3, 'card:1:14'],
      ['lines.0.city', null, 'card:1:24'],
      ['lines.0.name', 'Mug', 'card:1:33'],
      ['lines.1.name', 'Cap', ':2:31'],
      ['lines.1', '{…}', ':2:44'],
      ['lines.1.name', 'Cap', 'card:1:4'],
      ['lines.1.city', null, 'card:1:24'],
      ['lines.1.name', 'Cap', 'card:1:33'],
      ['blocks.frame.label', 'x', 'frame:1:4'],
      ['city', 'Oslo', ':2:73'],
    ]);
  });
});

describe('MJML', () => {
  const mjml = (body: string, head = ''): string => `<mjml><mj-head>${head}</mj-head><mj-body>${body}</mj-body></mjml>`;
  const column = (text: string): string => `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;

  it('keeps tags in text, attributes and between components, with their places', async () => {
    const source = mjml(
      `{{#each lines}}\n${column('{{name}} <b>{{upper ../city}}</b>')}{{/each}}{{> promo}}<mj-section><mj-column><mj-button href="https://x.example/{{id}}">{{{raw}}}</mj-button></mj-column></mj-section>`,
      '<mj-preview>{{city}}</mj-preview>{{! a note }}',
    );
    const prepared = await preparePart(
      part(source, { format: 'mjml' }),
      { promo: block(column('{{#if city}}in {{city}}{{/if}}')) },
      knownHelpers,
    );
    const data = { city: 'Oslo', id: 7, raw: '<i>', lines: [{ name: 'Mug' }, { name: 'Cap' }] };
    const { output } = engine.render(prepared, data, frame);
    const { tokens } = engine.explain(prepared, data, frame);
    expect(output).toMatch(
      /Mug <b>OSLO<\/b>[\s\S]*Cap <b>OSLO<\/b>[\s\S]*in Oslo[\s\S]*href="https:\/\/x.example\/7"[\s\S]*<i>/,
    );
    expect(output).not.toMatch(/<mj-|mrtag|\{\{/);
    const name = tokens.find(({ path }) => path === 'lines.0.name');
    expect(name && placeIn(prepared.places, name)).toEqual({ line: 2, column: 35 });
    const promo = tokens.filter(({ path }) => path === 'city').map((token) => placeIn(prepared.places, token));
    expect(promo).toContainEqual({ block: 'promo', line: 1, column: 39 });
  });

  it('loads no font from elsewhere that its author did not name', async () => {
    const text = (font: string): string =>
      `<mj-section><mj-column><mj-text font-family="${font}">x</mj-text><mj-button>y</mj-button></mj-column></mj-section>`;
    const style = '<mj-style>p { font-family: Lato }</mj-style>';
    const plain = await preparePart(
      part(mjml(text('Roboto, Open Sans, Arial'), style), { format: 'mjml' }),
      {},
      knownHelpers,
    );
    expect(plain.source).toContain('Roboto');
    expect(plain.source).not.toMatch(/<link|@import|googleapis/);
    const font = '<mj-font name="Inter" href="https://fonts.example/inter.css" />';
    const named = await preparePart(part(mjml(text('Inter, Arial'), font), { format: 'mjml' }), {}, knownHelpers);
    expect(named.source.match(/https?:\/\/\w*fonts[^"')]*/g)).toEqual(Array(2).fill('https://fonts.example/inter.css'));
  });

  it.each([
    [
      mjml('<mj-section><mj-column width="{{w}}"><mj-text>x</mj-text></mj-column></mj-section>'),
      /drops this tag/,
      { line: 1, column: 65 },
    ],
    [mjml(column('x').replace('<mj-text', '<mj-text {{#if a}}color="red"{{/if}}')), /./, undefined],
    [mjml('<mj-include path="/etc/passwd" />'), /mj-include is not available/, { line: 1, column: 35 }],
    ['<mjml>{{#if a}}</mjml>', /never closed/, { line: 1, column: 7 }],
    ['plain', /cannot be compiled/, undefined],
  ])('is refused: %s', async (source, message, place) => {
    const fault = await faultOf(source, {}, { format: 'mjml' });
    expect(fault.message).toMatch(message);
    if (place) expect(fault.place).toEqual(place);
  });
});

describe('style sheets', () => {
  const css = (rules: string): string => `<html><head><style>${rules}</style></head><body>`;
  const prepare = async (source: string) => preparePart(part(source), {}, knownHelpers);

  it('become attributes once, beside the styles and tags that are there', async () => {
    const source = `${css('td{color:red}.b{margin:0 !important} p{font-family:"A B"}')}<table>{{#each l}}<tr><td class="b" style='color:{{c}}'>{{n}}</td></tr>{{/each}}</table>{{#if a}}<p>x{{else}}<p class="b">y{{/if}}</p><img src="a.png"/>`;
    const prepared = await prepare(source);
    expect(prepared.css).toBe('once');
    expect(prepared.source).toBe(
      source
        .replace("style='color:{{c}}'", "style='color: red;margin: 0 !important; color:{{c}}'")
        .replace('<p>x', `<p style="font-family: 'A B';">x`)
        .replace('<p class="b">', `<p class="b" style="font-family: 'A B';margin: 0 !important;">`),
    );
  });

  it('let quoted values be as they are, with white space before them too', async () => {
    const source = `${css('.x{color:red}')}<p class="x" title = "a > b">{{n}}</p>`;
    const { source: prepared } = await prepare(source);
    expect(prepared).toBe(source.replace('a > b"', 'a > b" style="color: red;"'));
  });

  it.each(['open', 'shut'])('reach what blocks put into each other (%s)', async (name) => {
    const blocks = { open: block('<div class="a">'), shut: block('</div>'), frame: block('{{> @partial-block}}') };
    const source = `${css('.a p{color:red}')}{{> open}}{{#> frame}}<p>x</p>{{/frame}}{{> shut}}{{#if v}}{{> ${name}}}{{/if}}`;
    expect((await preparePart(part(source), blocks, knownHelpers)).css).toBe(name === 'open' ? 'person' : 'once');
  });

  it.each([
    ['none', '<p class="{{c}}">x</p>'],
    ['once', `${css('p > a:hover{color:red}@media (max-width:600px){p{color:blue}}')}<p>x</p>`],
    ['once', `${css('p{color:red}')}<p title="{{t}}">x</p>`],
    ['person', `${css('.a{color:red}')}<p class="{{c}}">x</p>`],
    ['person', `${css('p{color:{{c}};}')}<p>x</p>`],
    ['person', `${css('tr:nth-child(2){color:red}')}<p>x</p>`],
    ['person', `${css('p + p{color:red}')}<p>x</p>`],
    ['person', `${css('[title=a]{color:red}')}<p title="{{t}}">x</p>`],
    ['person', `${css('p{color:red}')}<p {{#if a}}class="b"{{/if}}>x</p>`],
    ['person', `${css('p{color:red}')}{{{html}}}`],
    ['person', `${css('.a p{color:red}')}{{#if v}}<div class="a">{{else}}<div class="b">{{/if}}<p>x</p></div>`],
    ['person', `${css('.a>p{color:red}')}<div class="a">{{#if v}}</div><div>{{/if}}<p>x</p></div>`],
    ['person', `${css('.a p{color:red}')}{{#each l}}<div class="a">{{/each}}<p>x</p>`],
    ['once', `${css('.a{color:red}')}{{#if v}}<div class="a">{{else}}<div class="b">{{/if}}<p>x</p></div>`],
    ['once', `${css('.a p{color:red}')}<div class="a">{{#if v}}<p>x<br></p>{{else if w}}<p><img/>y</p>{{/if}}</div>`],
    [
      'once',
      `${css('@media screen and (width:1px) {p{color:red}}\n.a,\n.b {color:red}')}{{#if v}}<p>x{{else}}<p>y{{/if}}</p>`,
    ],
  ])('are inlined %s in %s', async (when, source) => expect((await prepare(source)).css).toBe(when));
});
