import { describe, expect, it } from '@jest/globals';
import { Output } from './output.ts';

describe('what is printed', () => {
  const lines: string[] = [];
  const secrets = { token: 'very/secret', headers: { key: 'a"quoted"key' }, port: 5432, pin: '12' };
  const output = new Output(secrets, ['token', 'headers', 'pin', 'missing.deep'], (line) => lines.push(line));

  it('never holds a secret, however it is written', () => {
    output.line('very/secret very%2Fsecret {"key":"a\\"quoted\\"key"} a"quoted"key 12');
    expect(lines).toEqual(['••• ••• {"key":"•••"} ••• 12']);
  });
});
