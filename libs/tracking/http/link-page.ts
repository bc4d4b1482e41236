import { createHash } from 'node:crypto';
import { texts, type DeadLink, type Language } from './link-texts.ts';

const style =
  ':root{color-scheme:light dark}body{max-width:34rem;margin:0 auto;padding:3rem 1.25rem;font:17px/1.55 system-ui,sans-serif}h1{font-size:1.6rem;line-height:1.25}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing is kept, indexed, or told to other sites. */
export const linkHeaders = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
};

export function deadLinkHeaders(language: Language): Record<string, string> {
  return {
    ...linkHeaders,
    'Content-Language': language,
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    Vary: 'Accept-Language',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** A page that says one thing, without anything of the request in it. */
export function deadLinkPage(language: Language, why: DeadLink): string {
  const [title, text] = texts[language][why];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
<main><h1>${title}</h1><p>${text}</p></main>
`;
}
