import { afterAll, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import fc from 'fast-check';
import type { RenderedRow } from './protocol.ts';
import { Sandbox } from './sandbox.ts';

const frame = { locale: 'en', timeZone: 'UTC', now: '2025-01-01T00:00:00.000Z' };
const sandbox = new Sandbox({ size: 1 });
afterAll(() => sandbox.close());

/** Patient by default: the machine may be busy, and only some tests are about the deadline. */
async function render(
  source: string,
  row: object = {},
  { html = true, explain = false, deadlineMs = 60_000 } = {},
): Promise<RenderedRow> {
  const work = { parts: [{ name: 'source', source, html }], rows: [row], frame, explain };
  const [rows] = await sandbox.render([work], { deadlineMs });
  return rows?.[0] ?? { outputs: [] };
}
const failure = (task: Promise<unknown>): Promise<unknown> =>
  task.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('Sandbox', () => {
  it('renders, escaping for HTML only where asked', async () => {
    expect((await render('{{a}} {{{a}}}', { a: '<&>' })).outputs).toEqual(['&lt;&amp;&gt; <&>']);
    expect((await render('{{a}}', { a: '<&>' }, { html: false })).outputs).toEqual(['<&>']);
  });

  it('puts texts together as they are, where nothing is escaped', async () => {
    const source = '{{#assign "x"}}{{a}}{{/assign}}{{x}} {{#urlEncode}}{{a}}{{/urlEncode}}';
    expect((await render(source, { a: 'A&amp;B' }, { html: false })).outputs).toEqual(['A&amp;B A%26amp%3BB']);
    expect((await render(source, { a: 'A&B' })).outputs).toEqual(['A&amp;B A%26B']);
  });

  it('shows no title in a plain text', async () => {
    for (const end of ['</head>', '']) {
      const source = `<html><head><title>T</title><style>a{b:c}</style>${end}<p>Hi</p></html>`;
      const work = { parts: [{ name: 'source', source, html: true }], rows: [{}], frame, plainTextOf: 0 };
      expect(await sandbox.render([work], { deadlineMs: 60_000 })).toMatchObject([[{ plainText: 'Hi\n' }]]);
    }
  });

  it('shows in a plain text what readers of the HTML see, wherever it stands', async () => {
    const hidden =
      '<div style="color:red; display: none">Psst&zwnj;</div><td style="DISPLAY:NONE!important">phones</td>';
    const amp = '<template type="amp-mustache"><p>\\{{title}}</p></template>';
    const seen = '<p style="mso-display:none;background:url(x;display:none;y)">Hi</p>';
    const source = `<html><head><xml>96</xml></head><body>${hidden}${amp}${seen}</body></html><p>Unsubscribe</p>`;
    const work = { parts: [{ name: 'source', source, html: true }], rows: [{}], frame, plainTextOf: 0 };
    const [rows] = await sandbox.render([work], { deadlineMs: 60_000 });
    expect(rows).toMatchObject([{ plainText: 'Hi\n\nUnsubscribe\n' }]);
  });

  it('renders several parts for several rows, in order', async () => {
    const parts = [
      { name: 'subject', source: 'S {{n}}', html: false },
      { name: 'source', source: '<p>{{n}}</p>', html: true },
    ];
    const work = { parts, rows: [{ n: 1 }, { n: 2 }], frame, plainTextOf: 1 };
    const [rows] = await sandbox.render([work], { deadlineMs: 60_000 });
    expect(rows).toEqual([
      { outputs: ['S 1', '<p>1</p>'], plainText: '1\n' },
      { outputs: ['S 2', '<p>2</p>'], plainText: '2\n' },
    ]);
  });

  it('tells the place of a fault', async () => {
    const error = await failure(render('a\n{{#if x}}'));
    expect(error).toMatchObject({ code: 'template_invalid', details: { part: 'source', line: 2, column: 1 } });
    expect((error as MillraceError).message).toContain('In the template, line 2, column 1');
  });

  it('names the tokens of a template without rendering it', async () => {
    const source =
      '{{#each lines as |l|}}{{l.name}} {{upper ../city}}{{@root.zip}}{{#if sku}}{{/if}}{{/each}} {{insert x "default=y"}}';
    expect(await sandbox.check([{ name: 'source', source, html: true }])).toEqual([
      {
        paths: ['../city', '@root.zip', 'l.name', 'lines', 'sku', 'x'],
        rootPaths: ['city', 'lines', 'x', 'zip'],
        blocks: [],
        feeds: [],
        strings: [],
        outline: expect.objectContaining({
          conditions: [
            expect.objectContaining({ written: '{{#each lines as |l|}}' }),
            expect.objectContaining({ written: '{{#if sku}}' }),
          ],
        }),
      },
    ]);
  });

  it.each([
    [
      '{{#each a}}{{#each ../a}}{{#each ../../a}}{{#each ../../../a}}{{/each}}{{/each}}{{/each}}{{/each}}',
      'template_timeout',
    ],
    ['{{#each a}}{{#each ../a}}{{#each ../../a}}xxxxxxxxxx{{/each}}{{/each}}{{/each}}', 'template_too_large'],
    ['{{#a}}{{#each ../a}}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{/each}}{{/a}}', 'template_too_large'],
    ['{{#if a}}'.repeat(5000), 'template_too_large'],
    [`{{upper ${'(upper '.repeat(5000)}`, 'template_too_large'],
    ['{{numberFormat 1 "roman"}}', 'template_failed'],
  ])('ends %.60s as %s, and goes on', async (source, code) => {
    const a = Array.from({ length: 400 }, (_, index) => index);
    const deadlineMs = code === 'template_timeout' ? 500 : 60_000; // whatever else the machine does
    expect(await failure(render(source, { a }, { deadlineMs }))).toMatchObject({ code });
    expect((await render('{{b}}', { b: 'still here' })).outputs).toEqual(['still here']);
  });

  it.each([false, true])(
    'compiles as many tags as there may be, and has its whole time for the mail (explained: %s)',
    async (explain) => {
      const source = Array.from({ length: 5_000 }, (_, i) => `<p>{{firstName}} ${i}</p>`).join('\n');
      const work = { parts: [{ name: 'source', source, html: true }], rows: [{ firstName: 'Ann' }], frame, explain };
      const [rows] = await sandbox.render([work], { deadlineMs: 60_000 });
      expect(rows?.[0]?.outputs[0]).toContain('<p>Ann 4999</p>');
    },
  );

  it('keeps its heap within the limit by ending the process', async () => {
    const small = new Sandbox({ size: 1, memoryMb: 16 });
    const rows = [{ a: Array.from({ length: 300 }, () => 'x'.repeat(3000)) }];
    const grow =
      '{{#each a}}{{#each ../a}}{{#with (replace this "x" "yyyyyyyyyyyyyyyyyyyyyyyy")}}{{length this}}{{/with}}{{/each}}{{/each}}';
    const parts = Array.from({ length: 3 }, () => ({ name: 'source', source: grow, html: true }));
    expect(await failure(small.render([{ parts, rows, frame }], { deadlineMs: 3000 }))).toBeInstanceOf(MillraceError);
    const work = { parts: [{ name: 'source', source: 'ok', html: true }], rows: [{}], frame };
    const [after] = await small.render([work], { deadlineMs: 60_000 });
    expect(after).toEqual([{ outputs: ['ok'] }]);
    await small.close();
  });

  it.each([
    '{{constructor}}',
    '{{constructor.name}}',
    '{{__proto__}}',
    '{{a.constructor}}',
    '{{lookup a "constructor"}}',
    '{{lookup this "__proto__"}}',
    '{{toString}}',
    '{{#with a}}{{__proto__.x}}{{/with}}',
    '{{hasOwnProperty}}',
    '{{@root.constructor}}',
    '{{this.__defineGetter__}}',
    '{{#each __proto__}}x{{/each}}',
    '{{helperMissing}}',
    '{{log}}',
    '{{@frame.x}}',
    '{{lookup (lookup a "constructor") "name"}}',
  ])('gives %s nothing to hold on to', async (source) => {
    // prettier-ignore
    expect((await render(source, { a: { b: 1 } })).outputs).toEqual(['']);
  });

  it('shows own properties of such names, which are data', async () => {
    const row = JSON.parse('{"constructor":"Ford","__proto__":{"x":"1"}}') as object;
    expect((await render('{{constructor}} {{length constructor}}', row)).outputs).toEqual(['Ford 4']);
  });

  it('ends what waits when it is closed', async () => {
    const closing = new Sandbox({ size: 1 });
    const waiting = failure(closing.render([{ parts: [], rows: [{}], frame }]));
    await closing.close();
    expect(await waiting).toMatchObject({ code: 'service_unavailable' });
    expect(await failure(closing.check([]))).toMatchObject({ code: 'service_unavailable' });
  });

  const piece = fc.constantFrom('{{', '}}', '{{{', '{{#if a}}', '{{/if}}', '{{#each l}}', '{{/each}}', '{{else}}', '{{a}}', '{{l.0.n}}', '../',
    '(', ')', '"', "'", '[', ']', '|', ' as |x|', '@root', '__proto__', '.', ' ', '=', '~', '\\', '!--', '--', '{{upper a}}', '>', '*', '\u2028', '😀'); // prettier-ignore

  it('answers any source and any blocks with an output or an error that says what to do', async () => {
    const block = fc.constantFrom('{{> a}}', '{{> b x=1}}', '{{#> a}}', '{{/a}}', '{{> @partial-block}}', '{{snippet "b" 1}}', '{{x}}'); // prettier-ignore
    const source = fc.array(fc.oneof(piece, block), { maxLength: 12 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(source, source, source, fc.boolean(), async (main, a, b, mjml) => {
        const of = (text: string) => ({ source: text, params: [{ name: 'x' }], variants: [{ name: 'v', source: b }] });
        const format = mjml ? ('mjml' as const) : ('html' as const);
        const body = mjml ? `<mjml><mj-body><mj-raw>${main}</mj-raw></mj-body></mjml>` : main;
        const answer = await failure(
          sandbox
            .prepare([{ name: 'source', source: body, html: true, format }], { a: of(a), b: of(b) })
            .then((parts) => sandbox.render([{ parts, rows: [{ a: 1, l: [{ n: 2 }] }], frame }])),
        );
        if (answer !== undefined) expect((answer as MillraceError).code).toMatch(/^template_/);
      }),
      { numRuns: 100 },
    );
  });

  it('answers any source with an output or an error that says what to do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const answer = await failure(render(pieces.join(''), { a: 1, l: [{ n: 2 }] }));
        if (answer !== undefined) expect((answer as MillraceError).code).toMatch(/^template_/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('explaining', () => {
  it('resolves paths through loops, outer contexts, block parameters and lists made by helpers', async () => {
    const row = { city: 'Oslo', lastOrder: { lines: [{ name: 'Mug' }, { name: 'Cap' }] }, tags: ['a'] };
    const source =
      '{{#each (limit lastOrder.lines 1) as |line|}}{{line.name}}{{name}}{{../city}}{{@root.city}}{{@index}}{{/each}}{{#each tags}}{{this}}{{/each}}';
    const { explained } = await render(source, row, { explain: true });
    expect(explained?.[0]?.tokens.map(({ path, use, value }) => [path, use, value])).toEqual([
      ['lastOrder.lines', 'list', '[2 elements]'],
      ['lastOrder.lines.0.name', 'text', 'Mug'],
      ['lastOrder.lines.0.name', 'text', 'Mug'],
      ['city', 'text', 'Oslo'],
      ['city', 'text', 'Oslo'],
      ['tags', 'list', '[1 element]'],
      ['this', 'text', 'a'],
    ]);
  });

  it('tells what is missing and what showed instead', async () => {
    const source =
      'Hi {{defaultIfEmpty firstName "you"}}\n {{insert nick "default=pal"}} {{#if company}}{{company}}{{/if}} {{age}}';
    const { explained } = await render(source, { firstName: '' }, { explain: true });
    expect(explained?.[0]?.tokens).toEqual([
      expect.objectContaining({ path: 'firstName', line: 1, column: 21, missing: true, fallback: 'you' }),
      expect.objectContaining({ path: 'nick', line: 2, column: 11, missing: true, fallback: 'pal' }),
      expect.objectContaining({ path: 'company', use: 'condition', missing: true, fallback: null }),
      expect.objectContaining({ path: 'age', use: 'text', missing: true, fallback: null }),
    ]);
  });
});
