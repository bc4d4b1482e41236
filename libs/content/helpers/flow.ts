import { slugOf } from '../guard/index.ts';
import type { Helper } from './helper.ts';
import { entryOf, failed, textOf, unescaped } from './values.ts';

const skipDoc = 'The mail would not be sent to this person; the preview tells why.';

export const flowHelpers: Helper[] = [
  {
    name: 'sendSkip',
    usage: 'sendSkip [cause=]',
    doc: skipDoc,
    dialect: 'Iterable',
    least: 0,
    bare: true,
    example: { template: '{{#if soldOut}}{{sendSkip cause="sold out"}}{{/if}}', data: { soldOut: true }, output: '' },
    run: (_, { hash, note }) => {
      note('skip', textOf(hash.cause) || 'the template skips this person');
      return '';
    },
  },
  {
    name: 'abort_message',
    usage: 'abort_message ["reason"]',
    doc: skipDoc,
    dialect: 'Braze',
    least: 0,
    bare: true,
    example: { template: '{{#unless city}}{{abort_message "no city"}}{{/unless}}', data: {}, output: '' },
    run: ([reason], { note }) => {
      note('skip', textOf(reason) || 'the template aborts this message');
      return '';
    },
  },
  {
    name: 'assign',
    usage: '#assign "name"',
    doc: 'What the block shows becomes a text that can be shown later by its name, within loops too.',
    dialect: 'Iterable',
    block: true,
    example: {
      template: '{{#assign "who"}}{{firstName}} Lee{{/assign}}Hi {{@assigned.who}}',
      data: { firstName: 'Ann' },
      output: 'Hi Ann Lee',
    },
    run: ([name], { choose, assigned, plain }) => {
      if (!choose) throw failed('assign is a block: {{#assign "name"}}…{{/assign}}.');
      // A plain assignment would follow a setter such as __proto__.
      Object.defineProperty(assigned, textOf(name), {
        value: plain ? choose(true) : unescaped(choose(true)),
        configurable: true,
        enumerable: true,
      });
      return '';
    },
  },
  {
    name: 'catalog',
    usage: '#catalog "name" key [required=true] as |entry|',
    doc: 'An entry of the feed of that name (its slug), by its key; the name is a text in quotes; required=true: without it the mail would not be sent.',
    dialect: 'Iterable',
    least: 2,
    block: true,
    example: {
      template: '{{#catalog "Menu" id as |dish|}}{{dish.name}}{{/catalog}}',
      data: { id: 7, feeds: { menu: [{ id: 7, name: 'Soup' }] } },
      output: 'Soup',
    },
    run: ([name, key], { root, hash, note, within, otherwise, self }) => {
      const { feeds } = root as { feeds?: unknown };
      const entry = entryOf(entryOf(feeds, slugOf(textOf(name))), key);
      if (entry !== undefined) return within?.(self, entry) ?? '';
      const message = `The catalog "${textOf(name).slice(0, 60)}" has no entry "${textOf(key).slice(0, 60)}".`;
      note(hash.required === true ? 'skip' : 'missing_entry', message);
      return otherwise?.() ?? '';
    },
  },
];
