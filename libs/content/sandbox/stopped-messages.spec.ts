import { describe, expect, it } from '@jest/globals';
import type { SentTask } from './protocol.ts';
import { memoryMessage, timeoutMessage } from './stopped-messages.ts';

const taskOf = (source: string): SentTask => ({ kind: 'check', parts: [{ name: 'source', source, html: true }] });
const tokens = taskOf('<p>{{a}}</p>{{#if b}}{{c}}{{/if}}'.repeat(1_000));
const loops = taskOf('{{#each a}}{{#each ../a}}x{{/each}}{{/each}}');

describe('a template that was stopped', () => {
  it.each([
    [loops, false, /stopped after 0.9 s. Remove loops inside loops/],
    [tokens, false, /stopped after 0.9 s: it has 4,000 tags in 33 KB, and no loop. Take out .* or split the mail/],
    [tokens, true, /could not be made ready in time: it has 4,000 tags in 33 KB. Take out .* or split the mail/],
    [taskOf('{{#orders}}x{{/orders}}'), false, /Remove loops/],
    [taskOf('<p>{{a}}</p>'), false, /though it is small and has no loop: the server is busy. Try again/],
  ])('is told what there is too much of', (task, compiling, message) => {
    expect(timeoutMessage({ task, deadlineMs: 900, compiling })).toMatch(message);
  });

  it('is told what takes memory', () => {
    const stopped = { deadlineMs: 900, compiling: false };
    expect(memoryMessage({ task: loops, ...stopped })).toContain('Limit its loops');
    expect(memoryMessage({ task: tokens, ...stopped })).toContain('It has 4,000 tags in 33 KB, and no loop');
  });
});
