import { helpers } from './table.ts';

export interface HelperReference {
  name: string;
  usage: string;
  doc: string;
  dialect: string;
  example: { template: string; output: string };
}

const own: HelperReference[] = [
  {
    name: 'if',
    usage: '#if value',
    doc: 'The block when the value is there: not missing, false, 0, empty text or an empty list. {{else if}} and {{else}} follow.',
    dialect: 'Handlebars',
    example: { template: '{{#if firstName}}Hi {{firstName}}{{else}}Hi{{/if}}', output: 'Hi' },
  },
  {
    name: 'unless',
    usage: '#unless value',
    doc: 'The opposite of #if.',
    dialect: 'Handlebars',
    example: { template: '{{#unless vip}}Join{{/unless}}', output: 'Join' },
  },
  {
    name: 'each',
    usage: '#each list [as |item index|]',
    doc: 'The block for each element; @index, @first and @last tell the position, {{else}} is for an empty list.',
    dialect: 'Handlebars',
    example: { template: '{{#each lastOrder.lines}}{{name}} {{/each}}', output: 'Mug Cap ' },
  },
  {
    name: 'with',
    usage: '#with value [as |name|]',
    doc: 'The block within the value, so that its fields need no prefix.',
    dialect: 'Handlebars',
    example: { template: '{{#with lastOrder}}{{id}}{{/with}}', output: '1001' },
  },
  {
    name: 'lookup',
    usage: 'lookup object name',
    doc: 'A field whose name is in another one; as a block, {{#lookup list key as |found|}}, an entry of a list or an object.',
    dialect: 'Handlebars',
    example: { template: '{{lookup prices currency}}', output: '9.99' },
  },
  {
    name: 'snippet',
    usage: 'snippet "name" [arguments]',
    doc: 'A reusable block, as {{> name}}: "My footer" is the block my-footer. Arguments by position are its parameters in order.',
    dialect: 'Iterable',
    example: { template: '{{{snippet "Greeting" firstName}}}', output: 'Hi Ann' },
  },
];

/** The documentation of all helpers, sorted by name. */
export function helperReference(): HelperReference[] {
  const ours = helpers.map(({ name, usage, doc, dialect = 'Millrace', example: { template, output } }) => ({
    name,
    usage,
    doc,
    dialect,
    example: { template, output },
  }));
  return [...own, ...ours].sort((a, b) => (a.name < b.name ? -1 : 1));
}
