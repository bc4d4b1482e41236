import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MillraceError } from '../errors/index.ts';
import type { Row } from '../json.ts';
import { compileMapping } from './compile-mapping.ts';
import type { Mapping } from './mapping.ts';
import type { TemplateRenderer } from './templates.ts';

describe('compileMapping', () => {
  it('writes nested objects and leaves missing values out', () => {
    const mapping = compileMapping({
      'identities.email': 'email | trim | lower',
      'identities.$source': 'id',
      'traits.firstName': 'name.first',
      'traits.lastName': 'name.last',
      'other.missing': 'nothing',
      'Order date': '["ordered at"]',
      source: { value: { kind: 'crm' } },
    });
    expect(mapping.targets).toHaveLength(7);
    expect(mapping.map({ id: 17, email: ' Ann@X.com', name: { first: 'Ann' }, 'ordered at': null })).toEqual({
      identities: { email: 'ann@x.com', $source: 17 },
      traits: { firstName: 'Ann' },
      'Order date': null,
      source: { kind: 'crm' },
    });
  });

  it('maps each element of a list', () => {
    const mapping = compileMapping({
      lines: { each: 'items', map: { id: 'sku', 'money.price': 'price | number' } },
      tags: { each: 'tags | unique', map: { name: '$ | upper' } },
      none: { each: 'absent', map: { a: 'b' } },
    });
    expect(mapping.map({ items: [{ sku: 'a', price: '1.5' }, { sku: 'b' }], tags: ['x', 'x'] })).toEqual({
      lines: [{ id: 'a', money: { price: 1.5 } }, { id: 'b' }],
      tags: [{ name: 'X' }],
    });
    expect(() => mapping.map({ items: 'no list' })).toThrow(/Target "lines": "each" needs a list/);
    expect(() => mapping.map({ items: [{ price: 'x' }] })).toThrow(/Target "lines\[\*\]\.money\.price"/);
  });

  it('gives each row its own constant', () => {
    const mapping = compileMapping({ tags: { value: [] } });
    (mapping.map({}).tags as string[]).push('changed');
    expect(mapping.map({})).toEqual({ tags: [] });
  });

  it.each<[unknown, RegExp]>([
    [{ 'traits.age': 'age | numbr' }, /target "traits\.age", rule "age \| numbr", column 7: .*Did you mean "number"\?/],
    [{ a: 'first name' }, /column 7: expected "\|".*\["First name"\]/],
    [{ a: "x | replace('y')" }, /column 5: replace\(search, replacement\) takes 2 arguments, 1 is given/],
    [{ a: 'x | at(1.5)' }, /at\(\): "position" has to be a whole number/],
    [{ a: "x | date('QQ')" }, /has "QQ"/],
    [{ a: "x | date('DD.MM.YYYY', 'Mars/Base')" }, /no time zone "Mars\/Base"/],
    [{ a: 'x | prefix("y' }, /column 12: the text that starts here has no closing "/],
    [{ a: 'x | lookup({"__proto__": 1})' }, /"__proto__" is not allowed/],
    [{ a: '' }, /the rule is empty/],
    [{ a: 'x' + ' | trim'.repeat(33) }, /at most 32 transforms/],
    [{ a: 'x'.repeat(2001) }, /longer than 2000/],
    [{ a: 'x', 'a.b': 'y' }, /target "a\.b": the target "a" is set already/],
    [{ 'a.b': 'x', a: 'y' }, /other targets write fields of "a"/],
    [{ 'a.b': 'x', 'a["b"]': 'y' }, /there twice/],
    [{ 'a..b': 'x' }, /empty name/],
    [{ 'a[0]': 'x' }, /\{ each, map \}/],
    [{ 'a.__proto__.b': 'x' }, /"__proto__" is not allowed/],
    [JSON.parse('{"__proto__": "x"}') as unknown, /"__proto__" is not allowed/],
    [{ a: { valeu: 1 } }, /Did you mean "value"/],
    [{ a: { value: 1, template: 'x' } }, /a rule is text/],
    [{ a: { value: JSON.parse('{"__proto__": 1}') as unknown } }, /"__proto__" is not allowed/],
    [{ a: 5 }, /a rule is text/],
    [{ a: { each: 'x', map: null } }, /target "a\[\*\]": a mapping is an object/],
    [null, /a mapping is an object/],
    [Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`t${index}`, 'x'])), /at most 200 targets/],
  ])('refuses %j', (mapping, message) => {
    expect(() => compileMapping(mapping as Mapping)).toThrow(message);
    expect(() => compileMapping(mapping as Mapping)).toThrow(expect.objectContaining({ code: 'invalid_mapping' }));
  });

  it('throws nothing but MillraceErrors, whatever the rule and the row', () => {
    const rule = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            'a',
            'b',
            '$',
            ' | ',
            '[*]',
            '.',
            ...['trim', 'json', 'parseJson', 'sum', 'slice(0,1)', 'date', 'unique', 'round(2)', "split('')"],
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), rule),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.jsonValue()),
        (mapping, row) => {
          try {
            compileMapping(mapping).map(row);
          } catch (error) {
            expect(error).toBeInstanceOf(MillraceError);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
          expect(({} as Row).polluted).toBeUndefined();
        },
      ),
    );
  });
});

describe('mapBatch', () => {
  const upper: TemplateRenderer = async (requests) =>
    requests.map(({ template, rows }) =>
      rows.map((row) => {
        if (row.bad) throw new MillraceError('template_failed', 'no such helper');
        return `${template}:${String(row.name)}`.toUpperCase();
      }),
    );

  it('renders all templates of a batch in one call, nested ones included', async () => {
    const calls: number[] = [];
    const mapping = compileMapping(
      { id: 'id', 'traits.hello': { template: 'hi' }, lines: { each: 'lines', map: { text: { template: 'line' } } } },
      { render: (requests) => (calls.push(requests.length), upper(requests)) },
    );
    expect(mapping.needsTemplates).toBe(true);
    expect(
      await mapping.mapBatch([
        { id: 1, name: 'a', lines: [{ name: 'x' }] },
        { id: 2, name: 'b' },
      ]),
    ).toEqual([
      { id: 1, traits: { hello: 'HI:A' }, lines: [{ text: 'LINE:X' }] },
      { id: 2, traits: { hello: 'HI:B' } },
    ]);
    expect(calls).toEqual([2]);
  });

  it('gives one result a row: what fails becomes an error of that row alone', async () => {
    const mapping = compileMapping({ age: 'age | number', hello: { template: 'hi' } }, { render: upper });
    const results = await mapping.mapBatch([{ age: '1', name: 'a' }, { age: 'x' }, { bad: true }, { name: 'd' }]);
    expect(results[0]).toEqual({ age: 1, hello: 'HI:A' });
    expect(results[1]).toMatchObject({ code: 'mapping_failed', details: { target: 'age' } });
    expect(results[2]).toMatchObject({ code: 'template_failed', message: 'Target "hello": no such helper' });
    expect(results[3]).toEqual({ hello: 'HI:D' });
  });

  it('a renderer that is down fails the batch', async () => {
    const render = () => Promise.reject(new MillraceError('service_unavailable', 'down'));
    const mapping = compileMapping({ hello: { template: 'hi' } }, { render });
    await expect(mapping.mapBatch([{}])).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('maps in memory what needs no template', async () => {
    expect(await compileMapping({ a: 'b' }).mapBatch([{ b: 1 }, {}])).toEqual([{ a: 1 }, {}]);
    expect(() => compileMapping({ a: { template: 'x' } }).map({})).toThrow(/mapBatch/);
  });
});
