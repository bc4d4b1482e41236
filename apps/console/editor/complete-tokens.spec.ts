import { describe, expect, it } from '@jest/globals';
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { completeTokens } from './complete-tokens.ts';
import type { KnownToken } from './known-token.ts';

const known: KnownToken[] = [
  { name: 'firstName', kind: 'token', filled: 0.9951 },
  { name: 'upper', kind: 'helper' },
  { name: 'each', kind: 'block' },
];
const complete = completeTokens(() => known);

/** What is proposed at the end of a text. */
function proposed(text: string): string[] {
  const result = complete(new CompletionContext(EditorState.create({ doc: text }), text.length, false));
  return (result?.options ?? []).map(({ displayLabel, label }) => displayLabel ?? label);
}

describe('completeTokens', () => {
  it.each([
    ['Hello ', []],
    ['Hello {{firstName}} ', []],
    ['Hello {{', ['firstName', 'firstName, or else …', 'upper']],
    ['{{a}} {{fir', ['firstName', 'firstName, or else …', 'upper']],
    ['{{#', ['each']],
    ['{{#if ', ['firstName']],
    ['{{upper ', ['firstName']],
    ['{{upper (', ['firstName', 'upper']],
    ['{{upper name=', ['firstName']],
  ])('after %j proposes %j', (text, names) => {
    expect(proposed(text)).toEqual(names);
  });

  it('tells how many people have a value, and rounds nobody away', () => {
    const result = complete(new CompletionContext(EditorState.create({ doc: '{{' }), 2, false));
    expect(result?.options.map(({ detail }) => detail)).toEqual(['99 % have it', 'for the other 1 %', undefined]);
  });

  it('begins where the word begins', () => {
    expect(complete(new CompletionContext(EditorState.create({ doc: '{{upper fi' }), 10, false))?.from).toBe(8);
  });
});
