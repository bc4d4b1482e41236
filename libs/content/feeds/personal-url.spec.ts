import { describe, expect, it } from '@jest/globals';
import { isFeedUrl, namesIn, urlFor } from './personal-url.ts';

describe('the URL of a feed', () => {
  it.each([
    'https://example.com/news.json',
    'http://127.0.0.1:4000/offers?city={{city}}',
    'https://example.com/people/{{ profile.id }}/offers',
  ])('may be %s', (url) => {
    expect(isFeedUrl(url)).toBe(true);
  });

  it.each([
    'https://{{host}}/news',
    'https://example.com:{{port}}/',
    'https://example.com{{path}}/',
    'https://{{user}}@example.com/',
    '{{url}}',
    'ftp://example.com/{{city}}',
    'https://example.com/{{#each orders}}',
    'https://example.com/{{{city}}}',
    'https://me:secret@example.com/{{city}}',
    42,
  ])('may not be %s', (url) => {
    expect(isFeedUrl(url)).toBe(false);
  });

  it('tells the names that it takes', () => {
    expect(namesIn('https://example.com/{{a}}/{{ b.c }}?d={{a}}')).toEqual(['a', 'b.c']);
  });

  it.each([
    ['Oslo', 'https://example.com/in/Oslo?city=Oslo'],
    ['a b&c=d#e/f?g', 'https://example.com/in/a%20b%26c%3Dd%23e%2Ff%3Fg?city=a%20b%26c%3Dd%23e%2Ff%3Fg'],
    ['Ærø', 'https://example.com/in/%C3%86r%C3%B8?city=%C3%86r%C3%B8'],
    [7, 'https://example.com/in/7?city=7'],
    ['..', { problem: '"city" is "..", which would change the path' }],
    ['.', { problem: '"city" is ".", which would change the path' }],
    ['', { problem: 'the person has no "city"' }],
    [undefined, { problem: 'the person has no "city"' }],
    [{ a: 1 }, { problem: '"city" is no text or number' }],
    ['\ud800', { problem: '"city" is no text that fits into a URL' }],
    ['x'.repeat(513), { problem: '"city" is longer than 512 letters' }],
  ])('for %j is %j', (city, expected) => {
    const found = urlFor('https://example.com/in/{{city}}?city={{city}}', () => city);
    expect(found).toEqual(typeof expected === 'string' ? { url: expected } : expected);
  });

  it('takes no step upwards that several values make together', () => {
    const found = urlFor('https://example.com/a/%2e{{b}}', () => '.x');
    expect(found).toEqual({ url: 'https://example.com/a/%2e.x' });
    expect(urlFor('https://example.com/a/%2e{{b}}{{c}}', (name) => (name === 'b' ? '.' : 'x'))).toHaveProperty(
      'problem',
    );
  });
});
