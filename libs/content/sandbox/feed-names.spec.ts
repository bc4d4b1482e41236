import { describe, expect, it } from '@jest/globals';
import { knownHelpers } from '../helpers/index.ts';
import { preparePart } from '../prepare/index.ts';
import { Engine } from './engine.ts';
import type { PartToCheck } from './protocol.ts';

const engine = new Engine();
const check =
  (source: string, more: Partial<PartToCheck> = {}) =>
  () =>
    engine.check({ name: 'source', source, html: true, ...more });

describe('the name of a feed', () => {
  it.each([
    '{{#with (lookup feeds section) as |feed|}}{{feed.title}}{{/with}}',
    '{{lookup (lookup feeds (lower section)) "title"}}',
    '{{#each people}}{{#lookup @root.feeds name as |feed|}}{{feed.title}}{{/lookup}}{{lookup ../feeds name}}{{/each}}',
    '{{#with feeds as |all|}}{{lookup all section}}{{/with}}',
    '{{#with feeds}}{{lookup this section}}{{/with}}',
  ])('is refused where it would come from data, which fetches no feed: %s', (source) =>
    expect(check(source)).toThrow(/A feed is named by a text in quotes/),
  );

  it('is refused where none is said', () => {
    expect(check('{{#each feeds}}{{title}}{{/each}}')).toThrow(/named one by one: \{\{#each feeds\.news\}\}/);
  });

  it.each<[string, string[]]>([
    ['{{lookup (lookup feeds "news") field}}{{#lookup @root.feeds "sale" as |s|}}{{s}}{{/lookup}}', ['news', 'sale']],
    ['{{#each people}}{{lookup ../feeds "news"}}{{/each}}', ['news']],
    ['{{#with feeds}}{{news.title}}{{#each sale.items}}{{name}}{{/each}}{{../city}}{{/with}}', ['news', 'sale']],
    ['{{#with feeds as |all|}}{{all.[spring-sale].title}}{{/with}}', ['spring-sale']],
    ['{{#if feeds}}{{feeds.news.title}}{{/if}}{{toJson feeds}}', ['news']],
    ['{{#each shops}}{{lookup feeds name}}{{#each feeds}}{{title}}{{/each}}{{/each}}', []],
  ])('that is written out is fetched: %s', async (source, feeds) => {
    expect(check(source)()).toMatchObject({ feeds });
    expect(await preparePart({ name: 'source', source, html: true }, {}, knownHelpers)).toMatchObject({ feeds });
  });

  it('is found in a block that is given all of them', async () => {
    const card = { source: '{{from.news.title}}', params: [{ name: 'from' }], variants: [] };
    const part = { name: 'source', source: '{{> card from=feeds}}', html: true };
    expect(await preparePart(part, { card }, knownHelpers)).toMatchObject({ feeds: ['news'] });
  });

  it('may be that of a parameter', () => {
    const source = '{{#each feeds}}{{title}}{{/each}}{{lookup feeds section}}';
    expect(check(source, { params: ['feeds'] })()).toMatchObject({ feeds: [] });
  });

  it('refuses nothing of what was saved before it did', () => {
    const source = '{{#catalog menu id as |d|}}{{/catalog}}{{lookup feeds section}}';
    expect(check(source, { stored: true })()).toMatchObject({ rootPaths: ['feeds', 'id', 'menu', 'section'] });
  });
});
