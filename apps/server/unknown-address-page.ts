import { document, html } from '#platform';

/** The rooms of the console that everybody who signs in may enter. */
const rooms = [
  ['studio', 'Templates'],
  ['people', 'People'],
  ['audiences', 'Audiences'],
  ['syncs', 'Syncs'],
] as const;

/** It looks as the console does: the colours are those of apps/console/style/properties.css. */
export const unknownAddressStyle = `
:root{color-scheme:light dark;--ground:light-dark(#f3f2ec,#121615);--surface:light-dark(#fffefb,#191f1d);--sunken:light-dark(#eae8df,#0d1110);
--line:light-dark(#dfddd2,#2a322f);--ink:light-dark(#1b211e,#e7ebe6);--soft:light-dark(#59605b,#a3ada7);--accent:light-dark(#0b5d58,#7fd1c4)}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI","Liberation Sans",sans-serif}
a{color:var(--accent);text-underline-offset:.18em}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
header{display:flex;align-items:center;gap:12px;min-height:50px;padding:8px 14px;border-bottom:1px solid var(--line);background:var(--surface)}
header svg{display:block}nav{display:flex;flex-wrap:wrap;gap:2px}nav a{padding:5px 9px;border-radius:7px;color:var(--soft);font-size:14px;font-weight:560;text-decoration:none}
nav a:hover{background:var(--sunken);color:var(--ink)}
main{max-width:1000px;margin:0 auto;padding:40px 20px 80px}h1{margin:0 0 12px;font-size:30px;font-weight:560;line-height:1.25;letter-spacing:-.024em}p{margin:0 0 12px;max-width:75ch}
`;

/** @param base where the console is: `/`, or the path that a proxy puts before it; undefined: it is not served here */
export function unknownAddressPage(base: string | undefined): string {
  return document(
    'There is nothing at this address · Millrace',
    html`${base === undefined ? undefined : bar(base)}
      <main>
        <h1>There is nothing at this address</h1>
        <p>It may be mistyped or cut off, or what was here is gone. If somebody gave you a link, copy it whole.</p>
        ${base === undefined ? undefined : html`<p><a href="${base}">Open the console</a> or <a href="${base}docs">see what the API offers</a>.</p>`}
      </main>`,
    unknownAddressStyle,
  );
}

const bar = (base: string) =>
  html`<header>
    <a href="${base}">
      <svg width="26" height="26" viewBox="0 0 32 32" role="img" aria-label="Millrace">
        <rect width="32" height="32" rx="7" fill="#0b5d58" />
        <g fill="none" stroke="#f4f3ee" stroke-width="2.6" stroke-linecap="round">
          <path d="M6 11c4-4 6-4 10 0s6 4 10 0" />
          <path d="M6 17c4-4 6-4 10 0s6 4 10 0" opacity=".75" />
          <path d="M6 23c4-4 6-4 10 0s6 4 10 0" opacity=".45" />
        </g>
      </svg>
    </a>
    <nav aria-label="Rooms">${rooms.map(([path, title]) => html`<a href="${base}${path}">${title}</a>`)}</nav>
  </header>`;
