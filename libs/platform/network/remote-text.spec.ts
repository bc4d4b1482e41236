import { expect, it } from '@jest/globals';
import { remoteText } from './remote-text.ts';

it('takes of a message without end what a person reads', () => {
  const message = `Not ann@example.com ${'a'.repeat(1_000_000)} @`;
  expect(remoteText(JSON.stringify({ error: { message } }), [])).toBe(`Not [email] ${'a'.repeat(187)}…`);
});
