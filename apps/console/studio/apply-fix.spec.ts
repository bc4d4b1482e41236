import { expect, it } from '@jest/globals';
import { draftOf } from '../drafts/index.ts';
import { applyFix } from './apply-fix.ts';

const draft = { name: 'News', subject: 'Hi {{a}}', preheader: '', source: '{{b}} and {{c}}', text: '' };

it('does all edits of a fix, whatever their order, in the parts that they name', () => {
  const edits = [
    { part: 'source', start: 2, end: 3, text: 'longer' },
    { part: 'subject', start: 0, end: 2, text: 'Hello' },
    { part: 'source', start: 12, end: 13, text: '' },
  ] as const;
  expect(applyFix(draftOf(draft), { title: 'Mend', edits: [...edits] })).toEqual({
    subject: 'Hello {{a}}',
    source: '{{longer}} and {{}}',
  });
});
