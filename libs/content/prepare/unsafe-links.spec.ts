import { describe, expect, it } from '@jest/globals';
import { withoutTargets } from './link-targets.ts';
import { unsafeLinks } from './unsafe-links.ts';

describe('targets of links', () => {
  it.each([
    ['<a target="_self" href="x">a</a>', '<a href="x">a</a>'],
    ["<A title='a > target=b' TARGET = _top\nhref=x>a</A>", "<A title='a > target=b'\nhref=x>a</A>"],
    ['<area href="x"target="_parent"/><form target=b>', '<area href="x"/><form>'],
    ['<p target="x">target="y"</p><!-- <a target="z"> -->', '<p target="x">target="y"</p><!-- <a target="z"> -->'],
    ['<a target="', '<a'],
    ['', ''],
  ])('are taken from %s', (html, without) => expect(withoutTargets(html)).toBe(without));
});

describe('links that mail clients block', () => {
  it.each([
    ['javascript:alert(1)'],
    ['JavaScript:alert(1)'],
    [' \u0001\u0000 javascript:alert(1)'],
    ['java\nscript\t:alert(1)'],
    ['data:text/html,hello'],
    ['vbscript:x'],
    ['file:///etc/passwd'],
    ['&#106;avascript:alert(1)'],
    ['&#x0006A;avascript&colon;alert(1)'],
    ['&#106avascript:alert(1)'],
    ['java&Tab;script&#10;:alert(1)'],
  ])('are found: %j', (address) => {
    for (const written of [`"${address}"`, `'${address}'`]) {
      expect(unsafeLinks(`<p>x</p><A title="a > b"class=x HREF = ${written}>x</a>`)).toHaveLength(1);
    }
  });

  it('are told once, as browsers read them', () => {
    const html =
      '<a href=javascript:x>a</a><a href="&#32;javascript:x">b</a><area href="DATA:&quot;x&quot;&#x3D;"><svg><a xlink:href="data:y">';
    expect(unsafeLinks(html)).toEqual(['javascript:x', 'DATA:"x"=', 'data:y']);
  });

  it.each([
    ['<a href="https://x.example/?to=javascript:x">a</a>'],
    [
      '<a href="/data:x">a</a><a href="java script:x">b</a><a href="&#106ascript:x">c</a><a href="&unknown;javascript:x">d</a><a href="&amp;#106;avascript:x">e</a>',
    ],
    ['<p>href="javascript:x"</p>'],
    ['<!-- <a href="javascript:x"> --><style>a[href="javascript:x"]{}</style>'],
    ['<a title=\'href="javascript:x"\' href="cid:logo">a</a>'],
    ['<link href="data:text/css,x"><img src="data:image/png;base64,AA">'],
    ['<a href>a</a><a href=>b</a><a href="'],
  ])('are not: %s', (html) => expect(unsafeLinks(html)).toEqual([]));

  it('are looked for in linear time', () => {
    expect(unsafeLinks(`<a href='x${'"<a href='.repeat(100_000)}`)).toEqual([]);
    expect(unsafeLinks(`<a ${'href="x" '.repeat(100_000)}>`)).toEqual([]);
  });
});
