import { describe, expect, it } from '@jest/globals';
import { ApiProblem, type Preview } from '../api/index.ts';
import { findingsOf } from './findings.ts';

const place = { part: 'source', line: 2, column: 4 } as const;
const mail = {
  warnings: [
    { code: 'missing_token', message: 'No value', ...place },
    { code: 'large', message: 'Too large' },
  ],
  tokens: [],
} as unknown as Preview;

describe('findingsOf', () => {
  it('says one thing of one place: what lint says, which can be mended', () => {
    const fix = { title: 'Say "there"', edits: [] };
    const lint = [{ rule: 'token-without-fallback', severity: 'hint', message: 'No fallback', fix, ...place }] as const;
    expect(findingsOf({ mail, anothers: false, composing: false }, lint).map(({ message }) => message)).toEqual([
      'Too large',
      'No fallback',
    ]);
  });

  it('says nothing of the mail of another person', () => {
    expect(findingsOf({ mail, anothers: true, composing: true }, [])).toEqual([]);
  });

  it('tells a fault at its place, and no warning about the mail before it', () => {
    const problem = new ApiProblem(422, 'template_invalid', 'It does not parse', place);
    expect(findingsOf({ mail, problem, anothers: false, composing: false }, [])).toEqual([
      { severity: 'error', message: 'It does not parse', ...place },
    ]);
  });

  it('says first that somebody would not get the mail', () => {
    const notSent = { reason: 'no city', ...place };
    const [first] = findingsOf({ mail: { ...mail, notSent }, anothers: false, composing: false }, []);
    expect(first).toMatchObject({ severity: 'error', message: 'This person would not get the mail: no city' });
  });
});
