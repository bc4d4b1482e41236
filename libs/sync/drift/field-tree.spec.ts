import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row } from '@millrace/sdk';
import { FieldTree, maxFields, type Finding } from './field-tree.ts';

const findingsOf = (pages: Row[][]): Record<string, string[]> => {
  const tree = new FieldTree();
  const found: Record<string, string[]> = {};
  for (const page of pages) {
    tree.look(page);
    for (const { path, types } of tree.takeFound()) found[path] = types;
  }
  return found;
};
const paths = (found: Finding[]): string[] => found.map(({ path }) => path).sort();

describe('the fields of rows', () => {
  it('are found at any depth, with the types that they hold', () => {
    const row = {
      id: 1,
      name: { first: 'Ann' },
      lines: [{ price: 2 }, { price: '3', 'odd name': true }],
      at: new Date(),
    };
    expect(findingsOf([[row]])).toEqual({
      id: ['number'],
      name: ['object'],
      'name.first': ['string'],
      lines: ['array'],
      'lines[*]': ['object'],
      'lines[*].price': ['string', 'number'],
      'lines[*]["odd name"]': ['boolean'],
      at: ['string'],
    });
  });

  it('are the same, however the rows are cut into pages and ordered', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(
        fc.array(row as fc.Arbitrary<Row>, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, size) => {
          const pages: Row[][] = [];
          for (let at = 0; at < rows.length; at += size) pages.push(rows.slice(at, at + size));
          expect(findingsOf(pages)).toEqual(findingsOf([rows]));
          expect(findingsOf(pages.toReversed())).toEqual(findingsOf([rows]));
        },
      ),
    );
  });

  it('show nothing new once they are known; null says nothing of a type', () => {
    const tree = new FieldTree([
      { path: 'id', types: ['number'], before: ['number'] },
      { path: 'name', types: [], before: [] },
    ]);
    tree.look([
      { id: 1, name: null },
      { id: null, name: null },
    ]);
    expect(tree.takeFound()).toEqual([]);
    tree.look([{ id: 2 }, { id: 'x', name: 'Ann' }]);
    expect(tree.takeFound()).toEqual([
      { path: 'id', types: ['string', 'number'], before: ['number'], index: 1 },
      { path: 'name', types: ['string'], before: [], index: 1 },
    ]);
    tree.look([{ id: 'y', name: 'Bob' }]);
    expect(tree.takeFound()).toEqual([]);
  });

  it('are optional where a good part of the rows does not have them', () => {
    const tree = new FieldTree();
    tree.look(
      Array.from({ length: 100 }, (_, i) => ({ id: i, ...(i % 2 === 0 && { note: 'x' }), tags: i > 4 ? ['a'] : [] })),
    );
    expect(tree.optional()).toEqual(['note']);
    expect(tree.takeSeen().sort()).toEqual(['id', 'note', 'tags', 'tags[*]']);
  });

  it('are bounded: keys of a table, deep trees and long lists do not grow without end', () => {
    const tree = new FieldTree();
    const table = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`sku${i}`, 1]));
    let deep: Row = {};
    for (let depth = 0; depth < 100; depth++) deep = { deep };
    tree.look([{ table, deep, list: Array.from({ length: 1_000 }, (_, i) => ({ [`n${i}`]: 1 })) }]);
    const found = paths(tree.takeFound());
    expect(found.filter((path) => path.startsWith('table.'))).toHaveLength(500);
    expect(found.filter((path) => path.startsWith('list[*].'))).toHaveLength(100);
    expect(
      found
        .filter((path) => path.startsWith('deep'))
        .at(-1)
        ?.split('.'),
    ).toHaveLength(8);
    const wide = new FieldTree();
    for (let i = 0; i < 30; i++)
      wide.look([{ [`t${i}`]: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`f${n}`, 1])) }]);
    expect(wide.takeFound()).toHaveLength(maxFields);
  });
});
