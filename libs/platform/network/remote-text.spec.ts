import { expect, it } from '@jest/globals';
import { remoteText } from './remote-text.ts';

it('takes of a message without end what a person reads', () => {
  const message = `Not ann@example.com ${'a'.repeat(1_000_000)} @`;
  expect(remoteText(JSON.stringify({ error: { message } }), [])).toBe(`Not [email] ${'a'.repeat(187)}…`);
});

it.each([
  ['long', { trace: 'at '.repeat(10_000), message: 'The field is unknown.' }, ''],
  ['behind a byte order mark', { message: 'The field is unknown.' }, '\ufeff'],
])('finds what is said for people in bytes, too: %s', (_, body, mark) => {
  const text = mark + JSON.stringify(body);
  expect(remoteText(Buffer.from(text), [])).toBe('The field is unknown.');
});
