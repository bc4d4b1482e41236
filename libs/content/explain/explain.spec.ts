import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Engine } from '../sandbox/engine.ts';
import { explainPart, type ExplainedCondition, type ExplainedToken } from './explain.ts';
import { oneLine } from './one-line.ts';

const frame = { locale: 'en', timeZone: 'UTC', now: '2025-01-01T00:00:00.000Z' };
const engine = new Engine();
const same = (rendered: string): string => rendered;

function explain(
  source: string,
  row: object,
  finish = same,
): { final: string; tokens: ExplainedToken<'source'>[]; conditions: ExplainedCondition<'source'>[] } {
  const part = { name: 'source', source, html: true };
  const { output } = engine.render(part, row, frame);
  const trace = engine.explain(part, row, frame);
  const final = finish(output);
  return { final, ...explainPart('source', trace, final, finish) };
}

describe('the places of tokens', () => {
  const shownAt = (source: string, row: object, finish = same): [string, ...string[]][] => {
    const { final, tokens } = explain(source, row, finish);
    return tokens.map(({ path, places }) => [path, ...places.map(({ start, end }) => final.slice(start, end))]);
  };

  it.each<[string, object, [string, ...string[]][]]>([
    ['<p>Hi {{name}}!</p>{{name}}', { name: 'A & B' }, [['name', 'A &amp; B'], ['name', 'A &amp; B']]],
    ['{{upper (defaultIfEmpty name "you")}}', {}, [['name', 'YOU']]],
    ['a {{name}} b', {}, [['name', '']]],
    ['{{#each l}}<i>{{n}}</i>{{/each}}', { l: [{ n: 1 }, { n: 2 }] }, [['l', '<i>1</i><i>2</i>'], ['l.0.n', '1'], ['l.1.n', '2']]],
    ['{{#each l}}{{@root.x}},{{/each}}', { x: 'X', l: [1, 2] }, [['l', 'X,X,'], ['x', 'X', 'X']]],
  ])('of %s', (source, row, expected) => expect(shownAt(source, row)).toEqual(expected)); // prettier-ignore

  it('are told of what the mail has made of the part', () => {
    expect(shownAt('  a {{x}} \n b {{y}} ', { x: ' 1\n2 ', y: 3 }, oneLine)).toEqual([['x', '1 2 '], ['y', '3']]); // prettier-ignore
    expect(shownAt('{{#each l}}{{#if @first}} {{else}} {{/if}} {{n}} {{/each}}', { l: [{ n: 1 }, { n: 2 }] }, oneLine)).toEqual([['l', '1 2'], ['l.0.n', '1 '], ['l.1.n', '2']]); // prettier-ignore
    expect(shownAt('{{x}}', { x: 'x' }, (text) => `<b>${text}</b>`)).toEqual([['x', 'x']]);
  });

  it('are not told where something else than text became of them', () => {
    expect(shownAt('a{{x}}', { x: 'bc' }, (text) => `${text.length}`)).toEqual([['x']]);
    expect(shownAt('{{x}}', { x: 'a\ufdd2b' })).toEqual([['x']]);
  });

  it('are not told within a block that makes something else of its text, which stays the same', () => {
    const source = '{{#assign "x"}}{{y}}{{/assign}}{{#ifEq x "1"}}one{{/ifEq}} {{x}} {{#base64}}{{y}}{{/base64}}';
    const { final, tokens, conditions } = explain(source, { y: 1 });
    expect(final).toBe('one 1 MQ==');
    expect(tokens.map(({ path, places }) => [path, places.length])).toContainEqual(['y', 0]);
    expect(conditions).toMatchObject([{ written: '{{#ifEq x "1"}}', chosen: 'then', places: [{ start: 0, end: 3 }] }]);
  });

  it('that have no path of their own are told for each value', () => {
    const { final, tokens } = explain('{{#each l}}{{this}};{{/each}}', { l: ['a', 'b', '', 'a'] });
    const told = tokens.slice(1).map(({ value, missing, places }) => {
      return [value, missing, ...places.map(({ start, end }) => final.slice(start, end))];
    });
    expect(told).toEqual([['a', false, 'a', 'a'], ['b', false, 'b'], ['', true, '']]); // prettier-ignore
  });

  it('are told of what stands behind a long loop, too', () => {
    const l = Array.from({ length: 1500 }, (_, n) => ({ n }));
    const { tokens, conditions, final } = explain('{{#each l}}{{#if n}}{{n}} {{/if}}{{/each}}{{#if x}}{{x}}{{/if}}', {
      l,
      x: 'X',
    });
    expect(tokens.at(-1)).toMatchObject({ path: 'x', places: [{ start: final.length - 1, end: final.length }] });
    expect(conditions.at(-1)).toMatchObject({ written: '{{#if x}}', chosen: 'then', places: [{ end: final.length }] });
    expect(tokens.length).toBeLessThan(1010);
    expect(conditions.length).toBeLessThan(510);
  });

  it.each<[string, object, string[]]>([
    ['{{#sortBy l field="n" as |s|}}{{#each s}}{{n}}{{/each}}{{/sortBy}}', { l: [{ n: 2 }, { n: 1 }] }, ['1', '2']],
    [
      '{{#groupBy l field="n" as |s|}}{{#each s}}{{count}}{{/each}}{{/groupBy}}',
      { l: [{ n: 2 }, { n: 1 }] },
      ['1', '1'],
    ],
    ['{{#minInList l "n"}}{{n}}{{/minInList}}', { l: [{ n: 2 }, { n: 1 }] }, ['1']],
    ['{{#lookup o "k" as |x|}}{{x}}{{/lookup}}', { o: { k: 3 } }, ['3']],
    ['{{#contains l 2}}{{n}}{{/contains}}', { l: [2], n: 4 }, ['4']],
  ])('are told within %s', (source, row, expected) => {
    const { final, tokens } = explain(source, row);
    const texts = tokens.filter(({ use }) => use === 'text');
    expect(texts.flatMap(({ places }) => places.map(({ start, end }) => final.slice(start, end)))).toEqual(expected);
  });

  it('name the source too', () => {
    const [token] = explain('\n <p>{{upper first.name}}', {}).tokens;
    expect(token).toMatchObject({ line: 2, column: 13, endLine: 2, endColumn: 23, written: 'first.name' });
  });
});

describe('a token', () => {
  const told = (
    source: string,
    row: object,
  ): Pick<ExplainedToken<'source'>, 'path' | 'use' | 'missing' | 'fallback'>[] =>
    explain(source, row).tokens.map(({ path, use, missing, fallback }) => ({ path, use, missing, fallback }));

  it('that a test is given decides, and shows nothing', () => {
    expect(told('{{eq tier "gold" yes=best no=""}}{{upper (contains tags x yes="a" no="b")}}', {})).toMatchObject([
      { path: 'tier', use: 'condition' },
      { path: 'best', use: 'text' },
      { path: 'tags', use: 'condition' },
      { path: 'x', use: 'condition' },
    ]);
  });

  it('that a test does not choose is stood in for by what it shows', () => {
    const source = '{{gt points 9 yes=gold no=(upper none)}}{{upper (eq tier "x" yes=best)}}';
    expect(told(source, { points: 1, none: 'b' })).toMatchObject([
      { path: 'points' },
      { path: 'gold', missing: true, fallback: 'B' },
      { path: 'none', missing: false },
      { path: 'tier' },
      { path: 'best', missing: true, fallback: ' ' },
    ]);
    expect(told(source, { points: 10, tier: 'x' })).toMatchObject([
      { path: 'points' },
      { path: 'gold', missing: true, fallback: null },
      { path: 'none', missing: true, fallback: ' ' },
      { path: 'tier' },
      { path: 'best', missing: true, fallback: null },
    ]);
  });

  it('that is the fallback of another is stood in for by that one', () => {
    const shown = { use: 'text', missing: true, fallback: 'Bo' };
    expect(told('{{defaultIfEmpty nick name}}', { nick: 'Bo' })).toMatchObject([
      { missing: false },
      { path: 'name', ...shown },
    ]);
    expect(told('{{insert nick (upper name)}}', { nick: 'Bo' })).toMatchObject([{}, { path: 'name', ...shown }]);
    expect(told('{{defaultIfEmpty nick name}}', { name: 'Bo' })).toMatchObject([
      { path: 'nick', ...shown },
      { missing: false },
    ]);
    expect(told('{{defaultIfEmpty nick name}}', {})).toMatchObject([
      { fallback: null },
      { missing: true, fallback: null },
    ]);
  });

  it('that is not needed is counted neither as missing nor as one with a fallback', () => {
    const source = '{{defaultIfEmpty nick name}}{{eq tier "gold" yes="y" no="n"}}';
    const counted = (row: object): string[] => engine.outcomes({ name: 'source', source, html: true }, row, frame);
    expect(counted({ nick: 'Bo' })).toEqual([]);
    expect(counted({ name: 'Bo' })).toEqual(['1:18 fallback']);
    expect(counted({})).toEqual(['1:18 missing', '1:23 missing']);
  });

  it('that a test does not choose is not counted either', () => {
    const source = '{{eq tier "x" yes=(defaultIfEmpty a "A") no=b}}';
    const counted = (row: object): string[] => engine.outcomes({ name: 'source', source, html: true }, row, frame);
    expect(counted({ tier: 'x' })).toEqual(['1:35 fallback']);
    expect(counted({ a: 'A' })).toEqual(['1:45 missing']);
    expect(counted({ b: 'B' })).toEqual([]);
  });

  it('that is a fallback and has one is missed only where none of them is there', () => {
    const source = '{{defaultIfEmpty a (insert b (defaultIfEmpty c d))}}';
    const all = (row: object) => told(source, row).map((one) => [one.path, one.missing ? one.fallback : 'there']);
    const counted = (row: object): string[] => engine.outcomes({ name: 'source', source, html: true }, row, frame);
    expect(all({ a: 'A' })).toEqual([['a', 'there'], ['b', 'A'], ['c', 'A'], ['d', 'A']]); // prettier-ignore
    expect(all({ b: 'B' })).toEqual([['a', 'B'], ['b', 'there'], ['c', 'B'], ['d', 'B']]); // prettier-ignore
    expect(all({ c: 'C' })).toEqual([['a', 'C'], ['b', 'C'], ['c', 'there'], ['d', 'C']]); // prettier-ignore
    expect(all({ d: 'D' })).toEqual([['a', 'D'], ['b', 'D'], ['c', 'D'], ['d', 'there']]); // prettier-ignore
    expect(all({})).toEqual(['a', 'b', 'c', 'd'].map((path) => [path, null]));
    expect(counted({ a: 'A' })).toEqual([]);
    expect(counted({ b: 'B' })).toEqual(['1:18 fallback']);
    expect(counted({ d: 'D' })).toEqual(['1:18 fallback', '1:28 fallback', '1:46 fallback']);
    expect(counted({})).toEqual(['1:18 missing', '1:28 missing', '1:46 missing', '1:48 missing']);
  });
});

describe('conditions', () => {
  const told = (source: string, row: object): object[] => {
    const { final, conditions } = explain(source, row);
    return conditions.map(({ written, chosen, times, values, places }) => ({
      written,
      chosen,
      times,
      values: values.map(({ path, value, missing }) => [path, missing ? null : value]),
      shows: places.map(({ start, end }) => final.slice(start, end)),
    }));
  };

  it.each<[string, object, object[]]>([
    ['{{#if a}}1{{/if}}', { a: 5 }, [{ chosen: 'then', shows: ['1'], values: [['a', 5]] }]],
    ['{{#if a}}1{{/if}}', {}, [{ chosen: 'nothing', times: 0, shows: [''], values: [['a', null]] }]],
    ['{{#unless a}}1{{else}}2{{/unless}}', { a: 5 }, [{ written: '{{#unless a}}', chosen: 'else', shows: ['2'] }]],
    ['{{#ifEq a "x"}}1{{else}}2{{/ifEq}}', { a: 'x' }, [{ written: '{{#ifEq a "x"}}', chosen: 'then', values: [['a', 'x']] }]],
    ['{{#if (gt o.t 9)}}1{{else if b}}2{{else}}3{{/if}}', { b: 1, o: { t: 9 } },
      [{ chosen: 'else', values: [['o.t', 9]], shows: ['2'] }, { written: '{{else if b}}', chosen: 'then', values: [['b', 1]] }]],
    ['{{#each l}}{{#if n}}{{n}}{{/if}}{{else}}none{{/each}}', { l: [{ n: 1 }, {}] }, [
      { chosen: 'then', times: 2 }, { chosen: 'then', values: [['l.0.n', 1]] }, { chosen: 'nothing', values: [['l.1.n', null]] }]],
    ['{{#each l}}x{{else}}none{{/each}}', {}, [{ chosen: 'else', times: 1, shows: ['none'] }]],
    ['{{#vip}}1{{/vip}}{{^vip}}2{{/vip}}', { vip: false }, [{ chosen: 'nothing' }, { written: '{{^vip}}', chosen: 'else', shows: ['2'] }]],
    ['{{#contains l 1}}1{{else}}2{{/contains}}', { l: [2] }, [{ chosen: 'else', shows: ['2'], values: [['l', '[1 element]']] }]],
    ['{{#ne a 1}}1{{/ne}}', { a: 2 }, [{ chosen: 'then', shows: ['1'] }]],
    ['{{#maxInList l "n"}}{{n}}{{else}}-{{/maxInList}}', { l: [] }, [{ chosen: 'else', shows: ['-'] }]],
    ['{{#each l}}{{#if @first}}a{{else}}b{{/if}}{{#unless @last}},{{/unless}}{{/each}}', { l: [1, 2, 3] }, [
      { written: '{{#each l}}', times: 3 },
      { written: '{{#if @first}}', chosen: 'then', times: 1, shows: ['a'] },
      { written: '{{#unless @last}}', chosen: 'then', times: 2, shows: [',', ','] },
      { written: '{{#if @first}}', chosen: 'else', times: 2, shows: ['b', 'b'] },
      { written: '{{#unless @last}}', chosen: 'nothing', times: 0, shows: [''] }]],
    ['{{#each l}}{{#if (eq @index 1)}}a{{/if}};{{/each}}', { l: [1, 2, 3] }, [{}, { chosen: 'nothing', shows: ['', ''] }, { chosen: 'then', times: 1, shows: ['a'] }]],
    ['{{#and a b}}1{{else}}2{{/and}}', { a: 1 }, [{ chosen: 'else', values: [['a', 1], ['b', null]] }]],
  ])('of %s', (source, row, expected) => expect(told(source, row)).toMatchObject(expected)); // prettier-ignore
});

describe('explaining', () => {
  const leaf = fc.constantFrom('text\n', ' ', '{{a}}', '{{{b}}}', '{{upper a}}', '{{defaultIfEmpty c "x"}}', '{{../a}}', '{{this}}', '{{~a~}}', '{{n}}', '{{eq a b}}', '{{join l ","}}', '{{! note }}', '\\{{a}}', '\r\n'); // prettier-ignore
  const wrapped = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof(
      leaf,
      inner.map((text) => `{{#if a}}\n${text}{{else if c}}x{{else}}y{{/if}}\n`),
      inner.map((text) => `{{#if c}}x{{else if a}}${text}{{~else}}y{{/if}}`),
      inner.map((text) => `{{#each l as |e|}}${text}{{e.n}}{{/each}}`),
      inner.map((text) => `  {{#eq a "1"}}\n${text}\n  {{else}}\n${text}\n{{/eq}}\n`),
      inner.map((text) => `{{#l}}${text}{{/l}}{{^c}}${text}{{/c}}`),
      inner.map((text) => `{{#with l.[0]}}\n ${text}{{/with}}`),
      inner.map((text) => `{{#unless c}}${text}{{^}}z{{/unless}}`),
      inner.map(
        (text) => `{{#each l}}{{#if @first}}${text}{{/if}}{{#unless @last}}x{{else}}\n${text}{{/unless}}{{/each}}`,
      ),
    );
  const several = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.array(one, { maxLength: 3 }).map((parts) => parts.join(''));
  const template = several(wrapped(several(wrapped(several(wrapped(leaf))))));
  const value = fc.oneof(fc.constantFrom('', '1', '1<', ' & ', null, 0, 5, true, false), fc.string({ maxLength: 5 }));
  const element = fc.oneof(value, fc.record({ n: value, a: value }, { requiredKeys: [], noNullPrototype: true }));
  const data = fc.record({ a: value, b: value, c: value, n: value, l: fc.array(element, { maxLength: 3 }) }, { requiredKeys: [], noNullPrototype: true }); // prettier-ignore

  it('never changes the output, and knows the place of whatever it met', () => {
    const check = fc.property(template, data, (source, row) => {
      const plain = engine.render({ name: 'source', source, html: true }, row, frame).output;
      const { final, tokens, conditions } = explain(source, row);
      expect(final).toBe(plain);
      for (const { places } of [...tokens, ...conditions]) {
        expect(places.length).toBeGreaterThan(0);
        for (const { start, end } of places) expect(start <= end && end <= plain.length).toBe(true);
      }
    });
    fc.assert(check, { numRuns: 150 });
  });
});
