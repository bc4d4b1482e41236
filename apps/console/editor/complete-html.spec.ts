import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CompletionContext } from '@codemirror/autocomplete';
import { htmlLanguage } from '@codemirror/lang-html';
import { EditorState } from '@codemirror/state';
import { completeHtml } from './complete-html.ts';

/** What is proposed at the end of a text that was just written. */
function proposed(text: string): string[] {
  const empty = EditorState.create({ extensions: [htmlLanguage] });
  const { state } = empty.update({ changes: { from: 0, insert: text } });
  return (completeHtml(new CompletionContext(state, text.length, false))?.options ?? []).map(({ label }) => label);
}

describe('completeHtml', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('proposes elements and attributes where they may stand', () => {
    expect(proposed('<')).toContain('p');
    expect(proposed('<p ')).toContain('title');
    expect(proposed('<p>one</p>')).toEqual([]);
  });

  it('proposes no attributes behind a closed tag on a machine that has not read so far yet', () => {
    let now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => (now += 30)); // the reader stops after 20 ms
    expect(proposed('<p>one</p>')).toEqual([]);
  });
});
