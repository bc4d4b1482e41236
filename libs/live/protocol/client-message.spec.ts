import { describe, expect, it } from '@jest/globals';
import { readClientMessage } from './client-message.ts';

const push = (message: string): string => `{"type":"push","id":"1","batch":[${message}]}`;

describe('what a client says', () => {
  it('is read as the body of a batch over HTTP: large ids stay what they are', () => {
    const read = readClientMessage(push('{"type":"identify","userId":9007199254740993}'));
    expect(read).toMatchObject({ batch: [{ userId: '9007199254740993' }] });
  });

  it('is refused where nothing that reads it would come to its end', () => {
    const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
    expect(() => readClientMessage(push(`{"type":"track","properties":{"a":${deep}}}`))).toThrow(/not valid JSON/);
  });
});
