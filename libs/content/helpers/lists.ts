import type { Helper, HelperCall } from './helper.ts';
import { listOf, numberOf, textOf } from './values.ts';

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
  extreme('minInList', 'least', (order) => order < 0, 'Cap'),
  extreme('maxInList', 'greatest', (order) => order > 0, 'Mug'),
  {
    name: 'sortBy',
    usage: '#sortBy list field= [order="asc"|"desc"] as |sorted|',
    doc: 'The list in the order of a field: numbers as numbers, anything else as text.',
    dialect: 'Iterable',
    block: true,
    example: {
      template: '{{#sortBy items field="price" order="desc" as |sorted|}}{{#each sorted}}{{name}} {{/each}}{{/sortBy}}',
      data: {
        items: [
          { name: 'Cap', price: 9 },
          { name: 'Mug', price: 12 },
        ],
      },
      output: 'Mug Cap ',
    },
    run: ([list], { hash, within, self }) => {
      const field = textOf(hash.field);
      const turn = textOf(hash.order).toLowerCase() === 'desc' ? -1 : 1;
      const sorted = [...listOf(list)].sort((a, b) => turn * compare(fieldOf(a, field), fieldOf(b, field)));
      return within?.(self, sorted) ?? sorted;
    },
  },
  {
    name: 'groupBy',
    usage: '#groupBy list field="a[,b]" as |groups|',
    doc: 'The first 100 elements in groups with the same field: each has key, count and items.',
    dialect: 'Iterable',
    block: true,
    example: {
      template:
        '{{#groupBy items field="kind" as |groups|}}{{#each groups}}{{key.kind}}:{{count}} {{/each}}{{/groupBy}}',
      data: { items: [{ kind: 'a' }, { kind: 'b' }, { kind: 'a' }] },
      output: 'a:2 b:1 ',
    },
    run: ([list], { hash, within, self }) => {
      const groups = groupsOf(
        listOf(list).slice(0, 100),
        textOf(hash.field)
          .split(',')
          .map((field) => field.trim()),
      );
      return within?.(self, groups) ?? groups;
    },
  },
];

function extreme(name: string, word: string, isBetter: (order: number) => boolean, output: string): Helper {
  return {
    name,
    usage: `#${name} list "field"`,
    doc: `The block within the element whose field is the ${word}; {{else}} is for an empty list.`,
    dialect: 'Iterable',
    least: 2,
    block: true,
    example: {
      template: `{{#${name} items "price"}}{{name}}{{/${name}}}`,
      data: { items: [{ name: 'Mug', price: 12 }, { name: 'Cap', price: '9' }, { name: 'Free' }] },
      output,
    },
    run: ([list, field], { within, otherwise }: HelperCall) => {
      const name = textOf(field);
      const known = listOf(list).filter((element) => fieldOf(element, name) != null);
      const [first, ...rest] = known;
      const best = rest.reduce(
        (chosen, element) => (isBetter(compare(fieldOf(element, name), fieldOf(chosen, name))) ? element : chosen),
        first,
      );
      return (best === undefined ? otherwise?.() : within?.(best)) ?? '';
    },
  };
}

interface Group {
  key: Record<string, unknown>;
  count: number;
  items: unknown[];
}

function groupsOf(list: readonly unknown[], fields: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const element of list) {
    const values = fields.map((field) => fieldOf(element, field));
    const id = JSON.stringify(values);
    const group = groups.get(id) ?? {
      key: Object.fromEntries(fields.map((field, index) => [field, values[index]])),
      count: 0,
      items: [],
    };
    group.count += 1;
    group.items.push(element);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** A field of an element, by a path such as `price.amount`. */
function fieldOf(element: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
  }, element);
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return left - right;
  const [before, after] = [textOf(a), textOf(b)];
  return before === after ? 0 : before < after ? -1 : 1;
}

function countOf(value: unknown): number {
  return Math.max(0, Math.floor(numberOf(value) ?? 0));
}
