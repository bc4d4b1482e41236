import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escaped, specialIn } from '../references/reference.ts';
import { resolveReferences } from '../references/resolve.ts';
import { yamlText } from '../export/yaml-text.ts';
import { isFields, type Fields } from './document.ts';
import { parseDocuments } from './parse-documents.ts';

const parse = (text: string) => parseDocuments({ file: 'a.yaml', folder: '.', text });
const head = 'kind: sync\nslug: a\n';

describe('documents', () => {
  it('may be several in a file, and know their places', () => {
    const { documents, faults } = parse(`# syncs\n${head}from:\n  stream: rows\n---\n\n---\n${head}`);
    expect([faults, documents.map(({ kind, slug }) => [kind, slug])]).toEqual([
      [],
      [
        ['sync', 'a'],
        ['sync', 'a'],
      ],
    ]);
    expect(documents[0]?.fields).toEqual({ from: { stream: 'rows' } });
    expect(documents[0]?.placeOf(['from', 'stream'])).toBe('a.yaml:5:3');
    expect(documents[0]?.placeOf(['from', 'absent', 'deeper'])).toBe('a.yaml:4:1');
    expect(documents[1]?.placeOf(['slug'])).toBe('a.yaml:10:1');
  });

  it.each([
    ['broken YAML', `${head}from: { stream: rows\n`, 'a.yaml:4:1', /end with a }/],
    ['a key that is there twice', `${head}slug: b\n`, 'a.yaml:3:1', /unique/],
    ['a tab', `${head}from:\n\tstream: rows\n`, 'a.yaml:4:1', /[Tt]abs/],
    ['an unknown tag', `${head}name: !secret x\n`, 'a.yaml:3:7', /Unresolved tag/],
    ['a list', '- a\n', 'a.yaml:1:1', /must be fields/],
    ['no kind', 'slug: a\n', 'a.yaml:1:1', /`kind` is missing/],
    ['a slug with spaces', 'kind: sync\nslug: a b\n', 'a.yaml:1:1', /`slug` must be/],
    ['a slug that is a path', 'kind: sync\nslug: ../a\n', 'a.yaml:1:1', /`slug` must be/],
    ['aliases without end', bomb(), 'a.yaml:1:1', /alias/],
  ])('are refused with their place: %s', (_, text, place, message) => {
    const { documents, faults } = parse(text);
    expect(documents).toEqual([]);
    expect(faults[0]).toEqual({ place, message: expect.stringMatching(message) as unknown });
  });

  it('say after a round trip what they said, whatever that is', async () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const fields = JSON.parse(JSON.stringify({ value })) as Fields; // no -0 and no odd prototypes
        const text = yamlText({ kind: 'sync', slug: 'a', value: escaped(fields.value ?? null) });
        const [document] = parse(text).documents;
        if (!document) throw new Error(`Not read: ${text}`);
        const options = { env: {}, typesAt: () => [], isSecret: () => false };
        expect((await resolveReferences(document, options)).fields).toEqual(fields);
        expect(yamlText({ kind: 'sync', slug: 'a', ...document.fields })).toBe(text);
      }),
    );
  });

  it('hold what looks like a reference as $value', () => {
    expect(escaped({ a: { $env: 'X' } })).toEqual({ a: { $value: { $env: 'X' } } });
    expect(specialIn({ $env: 'X', other: 1 })).toEqual({ fault: expect.stringContaining('$env: NAME') as unknown });
    expect(isFields(null)).toBe(false);
  });
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  return [head.trim(), 'l0: &l0 [x]', ...levels, ''].join('\n');
}
