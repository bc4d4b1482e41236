import type { Helper } from './helper.ts';
import { listOf, numberOf } from './values.ts';

export const listHelpers: Helper[] = [
  {
    name: 'first',
    usage: 'first list [count]',
    doc: 'The first element, or a list of the first so many.',
    example: { template: '{{first tags}}', data: { tags: ['rock', 'jazz'] }, output: 'rock' },
    run: ([list, count]) => (count === undefined ? listOf(list)[0] : listOf(list).slice(0, countOf(count))),
  },
  {
    name: 'last',
    usage: 'last list [count]',
    doc: 'The last element, or a list of the last so many.',
    example: { template: '{{last tags}}', data: { tags: ['rock', 'jazz'] }, output: 'jazz' },
    run: ([list, count]) => {
      const all = listOf(list);
      return count === undefined ? all[all.length - 1] : all.slice(Math.max(0, all.length - countOf(count)));
    },
  },
  {
    name: 'limit',
    usage: 'limit list count',
    doc: 'At most so many elements, for {{#each}}.',
    least: 2,
    example: {
      template: '{{#each (limit tags 2)}}{{this}} {{/each}}',
      data: { tags: ['a', 'b', 'c'] },
      output: 'a b ',
    },
    run: ([list, count]) => listOf(list).slice(0, countOf(count)),
  },
];

function countOf(value: unknown): number {
  return Math.max(0, Math.floor(numberOf(value) ?? 0));
}
