import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { registerHelpers } from './register.ts';

/** RFC 2202 and RFC 4231, test case 2. */
const vector = { secret: 'Jefe', text: 'what do ya want for nothing?' };
const sha1 = 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79';
const sha256 = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

function render(template: string, data: object, hmacSecret?: string): string {
  const environment = Handlebars.create();
  registerHelpers(environment, () => undefined, hmacSecret === undefined ? {} : { hmacSecret });
  return environment.compile(template)(data);
}

describe('the HMAC helpers', () => {
  it.each<[string, object, string]>([
    ['{{hmacSHA1 text}}', { text: vector.text }, sha1],
    ['{{hmacSHA256 text}}', { text: vector.text }, sha256],
    ['{{hmacSHA256 "what do ya " rest}}', { rest: 'want for nothing?' }, sha256],
    ['{{hmacSHA1 (lower text)}}', { text: vector.text.toUpperCase() }, sha1],
    ['{{hmacSHA256 a b}}', { a: vector.text, b: null }, sha256],
    ['{{#with p}}{{hmacSHA256 text}}{{/with}}', { p: { text: vector.text } }, sha256],
  ])('sign all values together, in hexadecimal: %s', (template, data, expected) => {
    expect(render(template, data, vector.secret)).toBe(expected);
  });

  it.each<[unknown, unknown]>([
    [17, '17'],
    ['é', 'e\u0301'.normalize('NFC')],
    [true, 'true'],
    ['', null],
  ])('sign %p as the text of it', (value, same) => {
    const [one, other] = [value, same].map((text) => render('{{hmacSHA256 text}}', { text }, 's'.repeat(100)));
    expect(one).toBe(other);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  it('say what is missing without a secret, and never show it', () => {
    expect(() => render('{{hmacSHA1 text}}', vector)).toThrow('MILLRACE_TEMPLATE_HMAC_SECRET');
    const all = '{{@hmacSecret}}{{hmacSecret}}{{#each this}}{{@key}}{{/each}}{{@root.hmacSecret}}{{toJson this}}';
    expect(render(all, {}, 'top secret')).not.toContain('top');
  });
});
