import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withCurlyTags } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { placeIn, preparePart } from '../prepare/index.ts';
import { Engine } from './engine.ts';

/**
 * What Iterable's documentation says of templates whose contexts are not merged (https://support.iterable.com/hc/en-us/articles/39206002278932, "Using Data
 * Feeds in Templates"): square brackets show what feeds say, curly ones what is known of the person.
 */
const engine = new Engine();
const frame = { locale: 'en', timeZone: 'UTC', now: '2025-11-26T16:30:00.000Z' };
const data = {
  firstName: 'Ann',
  title: 'Dr',
  cart: [{ name: 'Mug' }],
  feeds: {
    news: {
      title: 'T&T',
      html: '<b>x</b>',
      items: [{ name: 'A', tags: ['p', 'q'] }, { name: 'B' }],
      item: [{ 'content:encoded': 'C' }],
    },
    'my-list': [1, 2],
  },
};
const render = (source: string): string => engine.render({ name: 'source', source, html: true }, data, frame).output;

describe("Iterable's tags of data feeds", () => {
  it.each([
    ['[[news.title]]|[[{news.html}]]|[[{ news.html }]]', 'T&amp;T|<b>x</b>|<b>x</b>'],
    ['[[ news.items.[1].name ]][[news.items.[0].tags.[0]]][[news.none]][[none.title]]', 'Bp'],
    ['[[news.item.[0].["content:encoded"]]]', 'C'],
    ['[[#each news.items]][[name]][[this.name]]{{firstName}} [[/each]]', 'AAAnn BBAnn '],
    ['[[#each news.items]]{{title}}{{this.name}}[[@index]]{{@index}} [[/each]]', 'DrA00 DrB11 '],
    ['[[#each news.items]]{{#lt @index 1}}[[this.name]]{{/lt}}[[/each]]', 'A'],
    ['[[#each news.items]]{{#each cart}}{{name}}[[name]]{{../firstName}} {{/each}}[[/each]]', 'MugAAnn MugBAnn '],
    ['{{#each cart}}[[#each news.items]][[name]]{{name}}{{../title}} [[/each]]{{/each}}', 'AMugDr BMugDr '],
    ['[[#each news.items]][[#each tags]][[this]][[../name]]{{firstName}} [[else]]-[[/each]][[/each]]', 'pAAnn qAAnn -'],
    [
      '[[#each news.items as |i|]][[i.name]]{{i.name}}{{#if title}}{{upper firstName}}{{/if}} [[/each]]',
      'AAANN BBANN ',
    ],
    [
      '[[#if news.title]]y[[else]]n[[/if]][[#unless news.zip]]y[[/unless]][[#with news]][[title]][[/with]]',
      'yyT&amp;T',
    ],
    ['[[#each my_list]][[this]][[/each]]', '12'],
    ['a [[~news.title~]] b', 'aT&amp;Tb'],
  ])('show what feeds say: %s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });

  it.each([
    '[[firstname]] [[a b]] [[data:name:"x"]] [[Figure 1.2]] [[news.title] ]',
    '\\[[news.title]] [[/each]] [[else]] [[]] [[#if]] [[{news.title]] [[upper news.title]]',
    'a[b[0]] <!--[if mso]>x<![endif]--> <![CDATA[x]]>',
  ])('leave other double brackets alone: %s', (source) => {
    expect(render(source)).toBe(source);
  });

  it('are of the caller in the body of a layout', async () => {
    const frameBlock = { source: '<i>{{> @partial-block}}</i>[[news.title]]', params: [{ name: 'a' }], variants: [] };
    const source = '[[#each news.items]]{{#> frame a=1}}[[name]]{{firstName}}{{/frame}}[[/each]]';
    const prepared = await preparePart({ name: 'source', source, html: true }, { frame: frameBlock }, knownHelpers);
    expect(engine.render(prepared, data, frame).output).toBe('<i>AAnn</i>T&amp;T<i>BAnn</i>T&amp;T');
  });

  it('are no tags in tags, and tell where they were written when they are not closed', () => {
    expect(render('{{defaultIfEmpty none "[[news.title]]"}}{{! [[news.title]] }}')).toBe('[[news.title]]');
    expect(() => render('a\n [[#each news.items]]x')).toThrow('opened here and never closed');
    expect(() => render('[[#each news.items]]{{/each}}[[/if]]')).toThrow();
  });

  it('are feeds, and have their places, in MJML and blocks too', async () => {
    const mjml = (text: string): string =>
      `<mjml><mj-body><mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section></mj-body></mjml>`;
    const source = mjml(
      '[[#each news.items]]\n<a href="https://x.example/[[name]]">{{firstName}}</a>{{> card}}[[/each]]',
    );
    const card = { source: '[[news.title]] [[name]]', params: [], variants: [] };
    const part = { name: 'source', source, html: true, format: 'mjml' as const };
    const prepared = await preparePart(part, { card }, knownHelpers);
    expect(prepared.feeds).toEqual(['news']);
    expect(engine.render(prepared, data, frame).output.match(/\/[AB]">Ann<\/a>T&amp;T \[\[name\]\]/g)).toHaveLength(2);
    const { tokens } = engine.explain(prepared, data, frame);
    const placed = tokens.map((token) => [token.path, placeIn(prepared.places, token)]);
    expect(placed).toContainEqual(['feeds.news.items.0.name', { line: 2, column: 30 }]);
    expect(placed).toContainEqual(['firstName', { line: 2, column: 40 }]);
    expect(placed).toContainEqual(['feeds.news.title', { block: 'card', line: 1, column: 3 }]);
  });

  it('keep every letter in its place, whatever stands around them', () => {
    const word = fc.constantFrom(
      '[[',
      ']]',
      '{{',
      '}}',
      '[[a.b]]',
      '[[#each a.b]]',
      '[[/each]]',
      '[[c]]',
      '{{d}}',
      '[',
      ' ',
      '\\',
      'x',
    );
    const sources = fc.array(word, { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(sources, (source) => {
        const { text, squares } = withCurlyTags(source);
        expect(text.length).toBe(source.length);
        expect(text.replaceAll(/[{}[\]]/g, '')).toBe(source.replaceAll(/[{}[\]]/g, ''));
        for (const at of squares) expect([source.slice(at, at + 2), text.slice(at, at + 2)]).toEqual(['[[', '{{']);
        expect(withCurlyTags(text).squares.size).toBe(0);
      }),
    );
  });

  it('are found in time in the worst of sources', () => {
    for (const source of ['[['.repeat(120_000), '[[a.b]]'.repeat(36_000), `{{${'[[a.b]] '.repeat(30_000)}`]) {
      expect(withCurlyTags(source).text).toHaveLength(source.length);
    }
  });
});
