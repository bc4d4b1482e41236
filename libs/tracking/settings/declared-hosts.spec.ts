import { describe, expect, it } from '@jest/globals';
import { DeclaredHosts, hostPattern } from './declared-hosts.ts';

describe('DeclaredHosts', () => {
  const hosts = new DeclaredHosts(['shop.example.com', '*.example.org']);

  it.each([
    ['https://shop.example.com', 'https://shop.example.com/'],
    ['http://SHOP.example.com:8080/a?b=c#d', 'http://shop.example.com:8080/a?b=c#d'],
    ['https://shop.example.com./x', 'https://shop.example.com./x'],
    ['https://a.b.example.org/', 'https://a.b.example.org/'],
    [' https://shop.example.com/a b ', 'https://shop.example.com/a%20b'],
  ])('allows %s', (url, href) => {
    expect(hosts.allowed(url)).toBe(href);
  });

  it.each([
    'https://example.com/',
    'https://www.shop.example.com/',
    'https://shop.example.com.evil.com/',
    'https://evilexample.org/',
    'https://example.org/',
    'https://shop.example.com@evil.com/',
    'https://shop.example.com:pw@shop.example.com/',
    'https://evil.com/?https://shop.example.com/',
    'https://evil.com\\@shop.example.com',
    '//shop.example.com/',
    '/relative',
    'javascript:alert(1)//shop.example.com',
    'mailto:ann@shop.example.com',
    'ftp://shop.example.com/',
    'data:text/html,shop.example.com',
    '',
  ])('refuses %s', (url) => {
    expect(hosts.allowed(url)).toBeUndefined();
  });

  it.each([
    ['shop.example.com', true],
    ['*.example.com', true],
    ['*.com', false],
    ['*', false],
    ['example', false],
    ['https://example.com', false],
    ['example.com/path', false],
    ['a..example.com', false],
    ['Example.com', false],
    ['*.*.example.com', false],
  ])('takes %s as a host: %s', (host, isOne) => {
    expect(hostPattern.test(host)).toBe(isOne);
  });
});
