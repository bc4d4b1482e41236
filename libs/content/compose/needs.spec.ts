import { describe, expect, it } from '@jest/globals';
import { knownHelpers } from '../helpers/index.ts';
import { preparePart } from '../prepare/index.ts';
import { namesSeen, needsOf } from './needs.ts';

async function seen(source: string): Promise<string[] | undefined> {
  const parts = [await preparePart({ name: 'source', source, html: true }, {}, knownHelpers)];
  const names = namesSeen({ parts, feeds: [], strings: [] });
  return names && [...names].filter((name) => name !== 'feeds').sort();
}

describe('namesSeen', () => {
  it.each([
    ['Hello', []],
    ['{{city}} {{profile.traits.zip}} {{[first-name]}}', ['city', 'first-name', 'profile']],
    [
      '{{#each orders}}{{total}} {{../city}}{{#each lines as |line|}}{{line.name}}{{/each}}{{/each}}',
      ['city', 'orders'],
    ],
    ['{{#if (gt lastOrder.total min)}}{{defaultIfEmpty a b}}{{/if}}', ['a', 'b', 'lastOrder', 'min']],
    ['{{#with @root.events}}{{name}}{{/with}}', ['events']],
    ['{{#vip}}{{level}}{{/vip}}', ['level', 'vip']],
    ['{{lookup this city}}', undefined],
    ['{{#each @root}}{{this}}{{/each}}', undefined],
    ['{{#each .}}{{@key}}{{/each}}', undefined],
  ])('of %s are %j', async (source, names) => {
    expect(await seen(source)).toEqual(names);
  });

  it('counts what conditions of variants look at', () => {
    const when = { field: 'orders.length', is: 'atLeast', value: 1 } as const;
    const block = { variants: [{ name: 'a', source: '', priority: 0, when }] } as never;
    const needs = needsOf({ parts: [], feeds: [], strings: [] }, { subject: '', source: '', blocks: [block] });
    expect(needs).toEqual({ orders: true, events: false, consents: false });
  });
});
