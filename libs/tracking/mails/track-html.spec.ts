import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TrackedLink } from '../tokens/index.ts';
import { DeclaredHosts } from '../settings/index.ts';
import { linksOf } from './hrefs.ts';
import { pictureOf, trackHtml } from './track-html.ts';

const pixel = 'https://t.example/p.gif?t=x';
const declared = new DeclaredHosts(['shop.example.com', '*.example.org']);

/** What was asked for, and how many pixels were made. */
function maker() {
  const asked: TrackedLink[] = [];
  const made: TrackedLink[] = [];
  let pixels = 0;
  return {
    asked,
    made,
    get pixels() {
      return pixels;
    },
    pixel: () => {
      pixels++;
      return pixel;
    },
    click: (link: TrackedLink) => {
      asked.push(link);
      if (declared.allowed(link.url) === undefined) return undefined;
      made.push(link);
      return `https://t.example/c/${made.length - 1}.`;
    },
  };
}

describe('trackHtml', () => {
  it('changes links to declared hosts, and adds a pixel at the end of the body', () => {
    const links = maker();
    const html =
      '<html><body><p>A &amp; B <a class=x href="https://shop.example.com/?a=1&amp;b=2#c">Buy  <b>now</b></a>' +
      "<A HREF='https://a.example.org/'><img alt='Our shop' src=i.png></A><area href=https://shop.example.com/map>" +
      '<a href="https://elsewhere.com/">x</a></p></body></html>\n';
    expect(trackHtml(html, links)).toEqual({
      links: 3,
      html:
        '<html><body><p>A &amp; B <a class=x href="https://t.example/c/0.">Buy  <b>now</b></a>' +
        "<A HREF='https://t.example/c/1.'><img alt='Our shop' src=i.png></A><area href=https://t.example/c/2.>" +
        `<a href="https://elsewhere.com/">x</a></p>${pictureOf(pixel)}</body></html>\n`,
    });
    expect(links.made.map(({ url, label }) => [url, label])).toEqual([
      ['https://shop.example.com/?a=1&b=2#c', 'Buy now'],
      ['https://a.example.org/', 'Our shop'],
      ['https://shop.example.com/map', ''],
    ]);
  });

  it.each([
    '<!-- <a href="https://shop.example.com/">x</a> -->',
    '<style>a[href="https://shop.example.com/"]{}</style>',
    '<link href="https://shop.example.com/x.css" rel="stylesheet">',
    '<a data-href="https://shop.example.com/">x</a>',
    '<a href="https://shop.example.com/" clicktracking="off">x</a>',
    '<a clicktracking=OFF href="https://shop.example.com/">x</a>',
    '<a href="mailto:ann@shop.example.com">x</a>',
    '<a href="#shop.example.com">x</a>',
    '<a href="">x</a><a>y</a><a href>z</a>',
    '<img src="https://shop.example.com/i.png" alt="https://shop.example.com/">',
    '&lt;a href="https://shop.example.com/"&gt;',
    '<a href="https://shop.example.com@evil.com/">x</a>',
  ])('leaves %s as it is', (html) => {
    expect(trackHtml(html, maker())).toEqual({ html: html + pictureOf(pixel), links: 0 });
  });

  it('reads entities wherever they stand in an address', () => {
    const links = maker();
    const html =
      '<a href="&#104;ttps://shop.example.com/?a&amp;">x</a><a href=&#104;ttps://shop.example.com/?b&amp;>y</a>';
    expect(trackHtml(html, links).html).toBe(
      `<a href="https://t.example/c/0.">x</a><a href=https://t.example/c/1.>y</a>${pictureOf(pixel)}`,
    );
    expect(links.made.map(({ url }) => url)).toEqual(['https://shop.example.com/?a&', 'https://shop.example.com/?b&']);
  });

  it('takes of two addresses the first one, as browsers do', () => {
    const links = maker();
    const html = '<a href="https://elsewhere.com/" href="https://shop.example.com/">x</a>';
    expect(trackHtml(html, links).html).toBe(html + pictureOf(pixel));
  });

  const host = fc.constantFrom('shop.example.com', 'a.example.org', 'elsewhere.com', 'shop.example.com.evil.com');
  const path = fc.stringMatching(/^[a-z0-9/?=&;%#]{0,20}$/);
  const url = fc.oneof(
    fc.tuple(host, path).map(([name, rest]) => `https://${name}/${rest}`),
    fc.constantFrom('#top', 'mailto:a@shop.example.com', 'javascript:void 0', '/relative', ''),
  );
  const quoted = fc.tuple(url, fc.constantFrom('"', "'")).map(([text, quote]) => `${quote}${text}${quote}`);
  const anchor = fc
    .tuple(
      quoted,
      fc.constantFrom('a', 'A', 'area', 'link', 'img', 'td'),
      fc.constantFrom('href', 'HREF', 'src', 'title'),
    )
    .map(([value, name, attribute]) => `<${name} ${attribute}=${value} class="c">`);
  const piece = fc.oneof(
    anchor,
    fc.string(),
    fc.constantFrom(
      '</a>',
      '<p>',
      '</p>',
      '</body>',
      '</html>',
      '<!--',
      '-->',
      '<style>',
      '</style>',
      '<a href=',
      '>',
      '"',
      "'",
      '&amp;',
      '<br/>',
    ),
  );

  it('changes nothing but links to declared hosts, and adds one pixel, whatever the mail', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const html = pieces.join('');
        fc.pre(!html.includes('t.example'));
        const links = maker();
        const before = linksOf(html);
        const result = trackHtml(html, links);
        // Each tracked link is one of the mail's, to a declared host, and none to another was asked for in vain.
        expect(result.links).toBe(links.made.length);
        expect(before.hrefs.filter(({ url: found, isOff }) => !isOff && declared.allowed(found))).toHaveLength(
          result.links,
        );
        expect(links.pixels).toBe(1);
        // Read again, the same links are there, and lead where they should (what the mail leaves open at its end swallows the pixel).
        const then = linksOf(result.html).hrefs.slice(0, before.hrefs.length);
        expect(then.map(({ url: found }) => found.startsWith('https://t.example/c/'))).toEqual(
          before.hrefs.map(({ url: found, isOff }) => !isOff && declared.allowed(found) !== undefined),
        );
        // With pixel and links taken back it is the mail that it was.
        const [start = '', ...rest] = result.html.split(pictureOf(pixel));
        expect(rest).toHaveLength(1);
        const written = before.hrefs
          .filter(({ url: found }) => declared.allowed(found))
          .map((href) => html.slice(href.start, href.end));
        const restored = (start + rest.join('')).replace(
          /https:\/\/t\.example\/c\/(\d+)\./g,
          (_, at) => written[Number(at)] ?? '?',
        );
        expect(restored).toBe(html);
      }),
      { numRuns: 500 },
    );
  });
});
