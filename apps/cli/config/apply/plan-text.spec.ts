import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { differencesOf } from './difference.ts';
import { hideReferred } from './hide-referred.ts';
import { hideSecrets } from './hide-secrets.ts';
import { linesChanged } from './lines-changed.ts';
import { planText } from './plan-text.ts';

describe('a plan', () => {
  it('tells fields that differ, however deep; the order of fields is nothing, that of lists is', () => {
    expect(
      differencesOf({ a: { b: 1, c: 2 }, l: [1, 2], gone: 1 }, { l: [2, 1], a: { c: 2, b: 3 }, new: null }),
    ).toEqual([
      { path: ['a', 'b'], before: 1, after: 3 },
      { path: ['l'], before: [1, 2], after: [2, 1] },
      { path: ['gone'], before: 1 },
      { path: ['new'], after: null },
    ]);
  });

  it('shows only the lines that changed', () => {
    expect(linesChanged('a\nb\nc', 'a\nx\ny\nc')).toEqual(['@ line 2', '- b', '+ x', '+ y']);
    expect(linesChanged('a\na', 'a\na\na')).toEqual(['@ line 3', '+ a']);
    expect(linesChanged('', Array.from({ length: 30 }, String).join('\n')).at(-1)).toBe('+ … 10 lines more');
  });

  it('shows where a value comes from instead of the value, except of texts beside the document', () => {
    const differences = [{ path: ['config', 'host'], before: 'a', after: 'b' }];
    const hide = (path: string[], $file: string) => hideReferred(differences, [{ path, reference: { $file } }])[0];
    expect(hide(['config', 'host'], '/etc/host')).toEqual({
      path: ['config', 'host'],
      note: 'another value from $file /etc/host',
    });
    expect(hide(['config'], '../host')).toMatchObject({ note: expect.any(String) as unknown });
    expect(hide(['config', 'host'], 'host.txt')).toEqual(differences[0]);
    expect(hide(['other'], '/etc/host')).toEqual(differences[0]);
  });

  it('does not repeat a secret that an error tells', () => {
    const step = { body: { config: { headers: { auth: 'hunter2' } } }, secrets: ['config.headers'], outside: [] };
    expect(hideSecrets('"hunter2" is too short', step)).toBe('"•••" is too short');
  });

  it('does not repeat what comes from outside either, but for words that stand anywhere', () => {
    const step = { body: {}, secrets: [], outside: ['pass', 'pass"word\n', 'eu', 'true'] };
    expect(hideSecrets('It is true of "pass\\"word" in neu: "pass".', step)).toBe('It is true of "•••" in neu: "•••".');
  });

  it('sums up', () => {
    expect(stripVTControlCharacters(planText({ steps: [], removals: [], onlyOnServer: [] }))).toBe(
      '0 to create, 0 to change, 0 to remove, 0 unchanged.',
    );
  });
});
