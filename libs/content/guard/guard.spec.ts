import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { TemplateFault } from './fault.ts';
import { guardTemplate } from './guard.ts';
import { scan } from './scan.ts';

const helpers = new Map(
  Object.entries({ if: 1, unless: 1, each: 1, with: 1, lookup: 2, upper: 1, first: 1, defaultIfEmpty: 2 }).map(
    ([name, least]) => [name, { least }] as const,
  ),
);
const faultOf = (source: string): TemplateFault | undefined => {
  try {
    guardTemplate(source, helpers);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof TemplateFault) return thrown;
    throw thrown;
  }
};
const nested = (depth: number) => '{{#if a}}'.repeat(depth) + '{{/if}}'.repeat(depth);

describe('guardTemplate', () => {
  it.each([
    'Hi {{firstName}}, {{{raw}}} {{&raw}} {{~trim~}}',
    '{{#each orders as |order i|}}{{order.id}} {{@index}} {{../name}}{{else}}none{{/each}}',
    '{{#if a}}1{{else if b}}2{{else}}3{{/if}}',
    '{{upper (defaultIfEmpty firstName "you")}}',
    '{{#section}}…{{/section}}{{^section}}none{{/section}}',
    '{{!-- {{#if}} {{> x}} --}}\\{{#if}} {{! }}',
    '{{> card title="x" of=(upper name)}} {{#> layout}}{{> inner}}{{/layout}} {{> @partial-block}}',
    '{{first}} {{lookup a "b"}} {{[odd name]}} {{this.[a b].c}}',
  ])('lets through %s', (source) => expect(faultOf(source)).toBeUndefined());

  it.each([
    ['Hi {{firstName', 1, 4, /never ends/],
    ['{{upper "x}}', 1, 1, /never ends/],
    ['{{{a}} x', 1, 5, /close {{ with }}/],
    ['a\nb {{#if x}}\n  {{#each y}}\n{{/each}}', 2, 3, /{{#if}} is opened here and never closed/],
    ['{{#if x}}{{/each}}', 1, 4, /{{#if}} is closed by {{\/each}}/],
    ['x{{/if}}', 1, 2, /no block to close/],
    ['{{else}}', 1, 1, /outside a block/],
    ['line\n {{uper name}}', 2, 2, /no helper "uper". Did you mean "upper"/],
    ['{{upper (lower x)}}', 1, 9, /no helper "lower"/],
    ['{{> (lookup . "p")}}', 1, 1, /must be written out/],
    ['{{> ../other}}', 1, 1, /cannot be the name of a block/],
    ['{{> Header}}', 1, 1, /cannot be the name of a block/],
    ['{{> card title=(uper x)}}', 1, 16, /no helper "uper"/],
    ['{{$block 1 "card"}}', 1, 1, /no helper/],
    ['{{#$slot 1}}{{/$slot}}', 1, 1, /no helper/],
    ['{{* decorate}}', 1, 1, /Decorators/],
    ['{{#*inline "x"}}{{/inline}}', 1, 1, /Decorators/],
    ['{{{{raw}}}}x{{{{/raw}}}}', 1, 1, /Raw blocks/],
    ['{{"upper" x}}', 1, 1, /without quotes/],
    ['{{constructor.constructor "x"}}', 1, 1, /no helper/],
    ['{{helperMissing x}}', 1, 1, /no helper/],
    ['{{log x}}', 1, 1, /no helper "log"\. Check its spelling, or take it out\./],
    ['{{upper x=1}}', 1, 1, /needs 1 value/],
  ])('refuses %s at its place', (source, line, column, message) => {
    const fault = faultOf(source);
    expect(fault).toMatchObject({ code: 'template_invalid', place: { line, column } });
    expect(fault?.message).toMatch(message);
  });

  it.each([
    ['a large source', 'x'.repeat(256 * 1024 + 1)],
    ['a large source in bytes', 'é'.repeat(128 * 1024 + 1)],
    ['more tags than there may be', '{{a}}'.repeat(5_001)],
    ['nested blocks', nested(101)],
    ['unclosed nested blocks', '{{#if a}}'.repeat(20_000)],
    ['nested inverse blocks', '{{#a}}{{^b}}{{/b}}'.repeat(101)],
    ['long chains of conditions', `{{#if a}}${'{{else if b}}'.repeat(101)}{{/if}}`],
    ['nested calls', `{{upper ${'(upper '.repeat(21)}x${')'.repeat(21)}}}`],
    ['calls behind a quote that ends in a backslash', `{{upper "a\\" ${'(upper '.repeat(21)}`],
    ['blocks behind comments that seem to close them', '{{#if a}}{{!-- {{/if}} --}}'.repeat(101)],
    ['blocks behind escapes that seem to close them', '{{#if a}}\\{{/if}}'.repeat(101)],
  ])('refuses %s before parsing', (_, source) => expect(faultOf(source)?.code).toBe('template_too_large'));

  it('counts no comment, text or quote as nesting', () => {
    const source = '{{!-- {{#if a}} --}}\\{{#if a}} {{upper "((((((((((((((((((((((((("}}'.repeat(200);
    expect(faultOf(source)).toBeUndefined();
  });

  it('allows blocks and tags up to the limit', () => {
    expect(faultOf(nested(100))).toBeUndefined();
    expect(faultOf('{{a}}{{! no tag }}'.repeat(5_000))).toBeUndefined();
  });

  it('says of too many tags what to do, and where they begin', () => {
    const fault = faultOf('{{a}}\n'.repeat(6_000));
    expect(fault).toMatchObject({ place: { line: 5_001, column: 1 } });
    expect(fault?.message).toMatch(/more than 5,000 tags .* once, in \{\{#each …\}\}, or split the mail/);
  });
});

describe('scan', () => {
  const piece = fc.constantFrom('{{', '}}', '{{{', '}}}', '{{#a}}', '{{/a}}', '{{^b}}', '{{/b}}', '{{else}}', '{{else a}}',
    '{{!', '{{!--', '--}}', '--~}}', '\\', '"', "'", '[', ']', '(', ')', 'x', ' ', '~', '\n', '{{x "', '{{~#a~}}', '{{^}}'); // prettier-ignore

  it('never takes less nesting than the parser finds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const source = pieces.join('');
        let program: hbs.AST.Program;
        try {
          program = Handlebars.parse(source);
        } catch {
          return;
        }
        if (source.includes('{{{{')) return;
        expect(scan(source).open).toEqual([]);
        expect(deepestScan(source)).toBeGreaterThanOrEqual(depthOf(program));
      }),
      { numRuns: 3000 },
    );
  });
});

/** What the scan saw at most: by where its limit would strike. */
function deepestScan(source: string): number {
  for (let extra = 100; extra >= 0; extra--) {
    try {
      scan('{{#z}}'.repeat(extra) + source);
      return 100 - extra;
    } catch {
      continue;
    }
  }
  return 101;
}

function depthOf(program: hbs.AST.Program | undefined): number {
  if (!program) return 0;
  const depths = program.body.map((node) =>
    node.type === 'BlockStatement'
      ? 1 +
        Math.max(
          depthOf((node as hbs.AST.BlockStatement).program),
          depthOf((node as hbs.AST.BlockStatement).inverse) - 0,
        )
      : 0,
  );
  return Math.max(0, ...depths);
}
